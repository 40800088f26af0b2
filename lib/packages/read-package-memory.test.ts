import { Readable } from 'node:stream'
import { createGzip, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { PackageError } from './package-error.ts'
import { readPackage } from './read-package.ts'
import { fileHeader, pluginYaml, tarEntries, withChecksum } from './testing/pack-entries.ts'

const MIB = 1024 * 1024

async function growthOf(source: AsyncIterable<Uint8Array>): Promise<{ code: unknown; mib: number }> {
  const before = process.memoryUsage().rss
  let peak = before
  const sampling = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }, 10)
  const code: unknown = await readPackage(source).then(
    () => 'fine',
    (error: unknown) => (error instanceof PackageError ? error.code : error),
  )
  clearInterval(sampling)
  peak = Math.max(peak, process.memoryUsage().rss)
  return { code, mib: (peak - before) / MIB }
}

test('a gzip bomb', async () => {
  const header = await fileHeader('res/bomb', 8 * 1024 * MIB)
  const zeros = gzipSync(Buffer.alloc(64 * MIB), { level: 9 })
  async function* bomb(): AsyncGenerator<Uint8Array> {
    yield gzipSync(header)
    for (let i = 0; i < 128; i++) yield zeros
  }
  const { code, mib } = await growthOf(bomb())
  expect(code).toBe('compression-ratio')
  expect(mib).toBeLessThan(128)
})

test('a million entries', async () => {
  const first = (await tarEntries([['res/f0000000']])).subarray(0, 512)
  async function* headers(): AsyncGenerator<Uint8Array> {
    const header = Buffer.from(first)
    const block: Uint8Array[] = []
    for (let i = 0; i < 1_000_000; i++) {
      header.write(String(i).padStart(7, '0'), 5, 'latin1')
      block.push(Buffer.from(withChecksum(header)))
      if (block.length === 200) yield Buffer.concat(block.splice(0))
    }
  }
  const zipped = Readable.from(headers(), { objectMode: false }).pipe(createGzip({ level: 1 }))
  const { code, mib } = await growthOf(zipped as AsyncIterable<Uint8Array>)
  zipped.destroy()
  expect(code).toBe('too-many-entries')
  expect(mib).toBeLessThan(192)
}, 60_000)

test('200 MiB of blobs', async () => {
  const tail = await tarEntries([['res/resources.yaml', pluginYaml()]])
  const block = Buffer.alloc(MIB)
  for (let i = 0; i < block.length; i += 4)
    block.writeUInt32LE((Math.imul(i, 2_654_435_761) ^ (i << 7)) >>> 0, i)
  async function* blobs(): AsyncGenerator<Uint8Array> {
    yield await fileHeader('res/other', 200 * MIB)
    for (let i = 0; i < 200; i++) yield block
    yield tail
  }
  const zipped = Readable.from(blobs(), { objectMode: false }).pipe(createGzip({ level: 0 }))
  const { code, mib } = await growthOf(zipped as AsyncIterable<Uint8Array>)
  expect(code).toBe('fine')
  expect(mib).toBeLessThan(96)
})
