import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { buildPackage } from '#lib/packages/build-package.ts'

/**
 * Builds every package below examples/ into a folder, for uploading by hand:
 *
 *     node scripts/build-examples.ts [folder]        (.cache/packages unless given)
 */
const examples = resolve(import.meta.dirname, '../examples')
const target = resolve(process.argv[2] ?? join(import.meta.dirname, '../.cache/packages'))

await mkdir(target, { recursive: true })
for (const plugin of await readdir(examples))
  for (const version of await readdir(join(examples, plugin))) {
    if (!/^v\d/.test(version)) continue
    const file = join(target, `${plugin}-${version}.tgz`)
    const bytes = await buildPackage(join(examples, plugin, version))
    await writeFile(file, bytes)
    console.log(`${file} ${bytes.length}`)
  }
