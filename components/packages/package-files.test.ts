import { expect, test } from 'vitest'
import { packageFiles } from './package-files.ts'

const file = (name: string, size = 3) => new File(['x'.repeat(size)], name)

test('checksums and signatures go with their package, by name', () => {
  const found = packageFiles([file('a.tgz.sig'), file('a.tgz'), file('b.tgz'), file('B.TGZ.sha256')], null)
  expect(found.map(({ file: { name } }) => name)).toEqual(['a.tgz', 'b.tgz'])
  expect(found[0]).toMatchObject({ checksum: null, signature: { name: 'a.tgz.sig' }, fault: null })
  expect(found[1]).toMatchObject({ checksum: { name: 'B.TGZ.sha256' }, signature: null, fault: null })
})

test('what can’t be a package says why', () => {
  const files = [file('a.sig'), file('a.zip'), file('a.tgz', 0), file('b.tar.gz', 11), file('c.tgz', 10)]
  expect(packageFiles(files, 10).map(({ fault }) => fault)).toEqual([
    'stray',
    'not-package',
    'empty',
    'too-large',
    null,
  ])
})
