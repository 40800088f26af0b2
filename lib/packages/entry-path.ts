import { PackageError } from './package-error.ts'
import type { PackageLimits } from './package-limits.ts'

const encoder = new TextEncoder()

/**
 * The path of an archive entry, relative, with `/` between segments and without a leading `./`;
 * '' for the archive's own root. Nothing is repaired: a path that is not plainly inside the archive is refused.
 * @throws PackageError `entry-path`, `entry-path-too-long`, `entry-path-too-deep`
 */
export function safeEntryPath(name: string, limits: Pick<PackageLimits, 'pathBytes' | 'pathDepth'>): string {
  const shown = name.slice(0, 200)
  if (encoder.encode(name).length > limits.pathBytes)
    throw new PackageError(
      'entry-path-too-long',
      `An entry's path is longer than ${limits.pathBytes} bytes`,
      {
        entry: shown,
        limit: limits.pathBytes,
      },
    )
  const path = name.replace(/^(?:\.\/)+/, '').replace(/\/$/, '')
  if (path === '' || path === '.') return ''
  const segments = path.split('/')
  if (hasControl(path) || path.includes('\\') || /^[a-zA-Z]:/.test(path) || segments.some(isUnsafeSegment))
    throw new PackageError('entry-path', `The entry '${printable(shown)}' has a path that is not allowed`, {
      entry: printable(shown),
    })
  if (segments.length > limits.pathDepth)
    throw new PackageError(
      'entry-path-too-deep',
      `An entry's path has more than ${limits.pathDepth} folders`,
      {
        entry: shown,
        limit: limits.pathDepth,
      },
    )
  return path
}

function isUnsafeSegment(segment: string): boolean {
  return segment === '' || segment === '.' || segment === '..'
}

function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x20 || code === 0x7f || code === 0xfffd) return true
  }
  return false
}

function printable(text: string): string {
  return Array.from(text, (char) => (hasControl(char) ? '?' : char)).join('')
}
