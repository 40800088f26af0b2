import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Programs that tests of packages run, and the Debian packages that bring them. */
export const BINARIES = {
  'docker-registry': 'docker-registry',
  skopeo: 'skopeo',
  gpg: 'gnupg',
  htpasswd: 'apache2-utils',
} as const

/** Path of a program on the PATH; undefined when it is not there. */
export function findBinary(name: string): string | undefined {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, name)
    try {
      accessSync(path, constants.X_OK)
      return path
    } catch {
      // The next folder may have it.
    }
  }
  return undefined
}

/** @throws Error that names the Debian package to install */
export function binary(name: keyof typeof BINARIES): string {
  const path = findBinary(name)
  if (path === undefined)
    throw new Error(
      `${name} is not installed (Debian: apt-get install ${BINARIES[name]}); see npm run test:registry`,
    )
  return path
}
