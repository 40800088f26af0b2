import { posix } from 'node:path'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { safeEntryPath } from './entry-path.ts'
import { PackageError } from './package-error.ts'
import { DEFAULT_LIMITS } from './package-limits.ts'

function codeOf(name: string): string {
  try {
    safeEntryPath(name, DEFAULT_LIMITS)
    return 'fine'
  } catch (error) {
    if (error instanceof PackageError) return error.code
    throw error
  }
}

test.each([
  ['res/resources.yaml', 'res/resources.yaml'],
  ['./res/resources.yaml', 'res/resources.yaml'],
  ['././res/', 'res'],
  ['./', ''],
  ['.', ''],
  ['a..b/...', 'a..b/...'],
])('%s is read as %s', (name, path) => expect(safeEntryPath(name, DEFAULT_LIMITS)).toBe(path))

test.each([
  ['../etc/passwd', 'entry-path'],
  ['res/../../x', 'entry-path'],
  ['..', 'entry-path'],
  ['/etc/passwd', 'entry-path'],
  ['.//etc', 'entry-path'],
  ['a//b', 'entry-path'],
  ['a/./b', 'entry-path'],
  ['C:\\x', 'entry-path'],
  ['c:x', 'entry-path'],
  ['a\\b', 'entry-path'],
  ['a\0b', 'entry-path'],
  ['a\nb', 'entry-path'],
  [`${'a/'.repeat(40)}b`, 'entry-path-too-deep'],
  ['x'.repeat(600), 'entry-path-too-long'],
])('%j is refused: %s', (name, code) => expect(codeOf(name)).toBe(code))

test('whatever is accepted lies inside the archive', () => {
  const part = fc.oneof(
    fc.constantFrom('..', '.', '', 'a', '\\', 'c:', '\0', 'res'),
    fc.string({ maxLength: 8 }),
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const name = parts.join('/')
      if (codeOf(name) !== 'fine') return
      const path = safeEntryPath(name, DEFAULT_LIMITS)
      const resolved = posix.resolve('/root', path)
      expect(resolved === '/root' || resolved.startsWith('/root/')).toBe(true)
      expect(posix.normalize(path === '' ? '.' : path)).toBe(path === '' ? '.' : path)
    }),
  )
})
