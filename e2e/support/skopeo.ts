import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { binary } from './binaries.ts'
import type { RunningRegistry } from './start-registry.ts'

const run = promisify(execFile)

export interface PulledImage {
  /** Digest of the manifest under the tag. */
  digest: string
  /** Digests of all blobs that were pulled, manifests included; each was compared with its content. */
  blobs: string[]
}

type Login = { name: string; password: string }

/** Arguments with which skopeo reaches a registry of the tests. @param side of a copy: `src` or `dest` */
export function skopeoFlags(registry: RunningRegistry, side: 'src' | 'dest', user?: Login): string[] {
  return [
    ...(registry.ca === null ? [`--${side}-tls-verify=false`] : [`--${side}-cert-dir=${registry.certDir}`]),
    ...(user === undefined ? [`--${side}-no-creds`] : [`--${side}-creds=${user.name}:${user.password}`]),
  ]
}

/**
 * Pulls an artifact with all its platforms by `skopeo copy`, as any client would.
 * @throws Error with skopeo's words
 */
export async function pullWithSkopeo(
  registry: RunningRegistry,
  name: string,
  user?: Login,
): Promise<PulledImage> {
  const dir = await mkdtemp(join(tmpdir(), 'pulled-'))
  try {
    const flags = ['--all', '--preserve-digests', ...skopeoFlags(registry, 'src', user)]
    await run(binary('skopeo'), [
      '--insecure-policy',
      'copy',
      ...flags,
      `docker://${registry.host}/${name}`,
      `oci:${dir}:pulled`,
    ])
    const index = JSON.parse(await readFile(join(dir, 'index.json'), 'utf8')) as {
      manifests: { digest: string }[]
    }
    const blobs: string[] = []
    for (const hex of await readdir(join(dir, 'blobs/sha256'))) {
      const bytes = await readFile(join(dir, 'blobs/sha256', hex))
      if (createHash('sha256').update(bytes).digest('hex') !== hex)
        throw new Error(`${hex} came back otherwise`)
      blobs.push(`sha256:${hex}`)
    }
    return { digest: index.manifests[0]?.digest ?? '', blobs: blobs.toSorted() }
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}
