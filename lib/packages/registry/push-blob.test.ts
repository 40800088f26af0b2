import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { blobOf } from '../testing/oci-blobs.ts'
import { pushBlob } from './push-blob.ts'
import { RegistryClient } from './registry-client.ts'
import { parseRegistryAddress } from './registry-target.ts'
import { startResumingRegistry, type ResumingRegistry } from './testing/resuming-registry.ts'

const SIZE = 3_000_000
const blob = blobOf(randomBytes(SIZE))
let dir = ''
let registry: ResumingRegistry
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'push-blob-'))
  await writeFile(join(dir, blob.hex), blob.bytes)
  registry = await startResumingRegistry()
})
afterAll(async () => {
  await registry.stop()
  await rm(dir, { recursive: true })
})

async function push(chunkBytes: number): Promise<number[]> {
  const target = parseRegistryAddress(registry.host, { isPlain: true })
  const client = new RegistryClient(target, { retry: { attempts: 6, baseMs: 1, capMs: 2 } })
  const told: number[] = []
  try {
    await pushBlob({
      client,
      repository: 'a',
      digest: blob.digest,
      path: join(dir, blob.hex),
      size: SIZE,
      chunkBytes,
      onSent: (bytes) => told.push(bytes),
    })
  } finally {
    await client.close()
  }
  return told
}

describe('an upload goes on in the middle of a torn chunk', () => {
  test('from the byte that the registry names', async () => {
    registry.starts.splice(0)
    registry.blobs.clear()
    registry.cuts.push(123_456, 5)
    const told = await push(10_000_000)
    expect(registry.starts).toEqual([0, 123_456, 123_461])
    expect(registry.blobs.get(blob.digest)?.equals(blob.bytes)).toBe(true)
    expect(told.at(-1)).toBe(SIZE)
  })

  test('wherever it is torn, in chunks of any size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: SIZE }), { maxLength: 4 }),
        fc.integer({ min: 300_000, max: SIZE + 10 }),
        async (cuts, chunkBytes) => {
          registry.blobs.clear()
          registry.cuts.splice(0, Infinity, ...cuts)
          await push(chunkBytes)
          expect(registry.blobs.get(blob.digest)?.equals(blob.bytes)).toBe(true)
        },
      ),
      { numRuns: 12 },
    )
  })
})
