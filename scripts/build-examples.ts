import { glob, mkdir, writeFile } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import { buildPackage } from '#lib/packages/build-package.ts'

/**
 * Builds every package below examples/ into a folder, for uploading by hand:
 *
 *     node scripts/build-examples.ts [folder]        (.cache/packages unless given)
 */
const examples = resolve(import.meta.dirname, '../examples')
const target = resolve(process.argv[2] ?? join(import.meta.dirname, '../.cache/packages'))

await mkdir(target, { recursive: true })
for await (const path of glob('*/v*', { cwd: examples })) {
  const file = join(target, `${path.replaceAll(sep, '-')}.tgz`)
  const bytes = await buildPackage(join(examples, path))
  await writeFile(file, bytes)
  console.log(`${file} ${bytes.length}`)
}
