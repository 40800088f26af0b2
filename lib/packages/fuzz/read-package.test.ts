import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { PACKAGE_ERROR_CODES } from '#lib/domain/package-error-code.ts'
import { openBlobFolder, type BlobFolder } from '../blob-sink.ts'
import type { PackageContents } from '../package-contents.ts'
import { PackageError } from '../package-error.ts'
import { readPackage } from '../read-package.ts'
import type { TestEntry } from '../testing/pack-entries.ts'
import { archiveOf, corpus } from './corpus.ts'
import { fuzzGuided } from './guided.ts'
import { BUDGET_MS, fuzz, keptInputs, type FuzzInput } from './kept-inputs.ts'
import { byteMutations, mutateBytes } from './mutate-bytes.ts'
import { entryMutations } from './mutate-entries.ts'

const MINUTES_6 = 360_000
/** Runs that are long are told about. */
const REPORTED_MS = 10_000
/** Pieces below this many bytes come with a slow disk. */
const SLOW_BELOW = 1000
/** Small, so that breaking them is tried too. */
const LIMITS = { unpackedBytes: 4_000_000, ratioGraceBytes: 200_000, entries: 200, milliseconds: 20_000 }

let seeds: TestEntry[][]
let archives: Buffer[]
let parent = ''
beforeAll(async () => {
  seeds = await corpus()
  archives = await Promise.all(seeds.map(archiveOf))
  parent = await mkdtemp(join(tmpdir(), 'fuzz-'))
})
afterAll(() => rm(parent, { recursive: true, force: true, maxRetries: 5 }))

async function* pieces(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/**
 * Either a description, or a PackageError with a known code; the folder holds nothing but whole blobs with the right
 * digest, and nothing stands beside it.
 */
async function check({ bytes, piece }: FuzzInput, read = readPackage): Promise<void> {
  // Of its own: fast-check leaves a run that its time limit interrupts to end by itself.
  const around = await mkdtemp(join(parent, 'run-'))
  const dir = join(around, 'package')
  const blobs = await openBlobFolder(dir)
  try {
    await checkReading(
      read(pieces(bytes, piece), { limits: LIMITS, blobs: piece < SLOW_BELOW ? slowed(blobs) : blobs }),
      blobs,
    )
    const kept = join(dir, 'blobs/sha256')
    for (const name of await readdir(kept))
      expect(
        createHash('sha256')
          .update(await readFile(join(kept, name)))
          .digest('hex'),
      ).toBe(name)
    expect(await readdir(dir)).toEqual(['blobs'])
    expect(await readdir(join(dir, 'blobs'))).toEqual(['sha256'])
    expect(await readdir(around)).toEqual(['package'])
  } finally {
    await rm(around, { recursive: true })
  }
}

async function checkReading(reading: Promise<PackageContents>, blobs: BlobFolder): Promise<void> {
  try {
    const contents = await reading
    expect(contents.resources.moduleConfigs.length).toBeGreaterThan(0)
    for (const { digest } of contents.artifacts)
      if (digest !== null) expect(await blobs.has(digest)).toBe(true)
  } catch (error) {
    if (!(error instanceof PackageError)) throw error
    expect(PACKAGE_ERROR_CODES).toContain(error.code)
  }
}

/** The disk takes its time, as it does where small pieces come. */
function slowed(blobs: BlobFolder): BlobFolder {
  return {
    ...blobs,
    async open(hex) {
      const writer = await blobs.open(hex)
      await new Promise((later) => setTimeout(later, 2))
      return writer
    },
  }
}

const which = fc.nat({ max: 2 })
const piece = fc.constantFrom(1_000_000, 4096, 511)
const archiveAt = (at: number) => archives[at] ?? Buffer.alloc(0)

describe('whatever a package holds, reading it ends well', () => {
  // First of all: V8 looks into no function that ran before it was asked to, loaded anew or not.
  test(
    'contents that lead the reader where none did before, changed further',
    async () => {
      const { tried, news } = await fuzzGuided<TestEntry[]>({
        seeds,
        mutations: entryMutations.map((mutate) => (entries: TestEntry[]) => mutate([...entries])),
        fileOf: archiveOf,
        async load() {
          vi.resetModules()
          const { readPackage: fresh } = await import('../read-package.ts')
          return (input) => check(input, fresh)
        },
      })
      if (BUDGET_MS > REPORTED_MS) console.log(`${tried} files, ${news} of them led somewhere new`)
      // The first hundred end in many ways; where hardly any could be tried, nothing follows.
      expect(tried).toBeGreaterThan(0)
      if (tried > 100) expect(news).toBeGreaterThan(0)
    },
    MINUTES_6,
  )

  test.each(keptInputs())('%s, which once did not', (_name, input) => check(input))

  test(
    'damaged files',
    () =>
      fuzz(
        'bytes',
        fc.tuple(which, byteMutations, piece),
        ([at, mutations, size]) => ({ bytes: mutateBytes(archiveAt(at), mutations), piece: size }),
        check,
      ),
    MINUTES_6,
  )

  test(
    'damaged archives in files that are whole',
    () =>
      fuzz(
        'tar',
        fc.tuple(which, byteMutations, piece),
        ([at, mutations, size]) => ({
          bytes: rezipped(mutateBytes(gunzipSync(archiveAt(at)), mutations)),
          piece: size,
        }),
        check,
      ),
    MINUTES_6,
  )

  test(
    'archives that are whole, with contents that are not',
    () =>
      fuzz(
        'entries',
        fc.tuple(which, entryMutations, piece),
        async ([at, mutate, size]) => ({
          bytes: await archiveOf(mutate([...(seeds[at] ?? [])])),
          piece: size,
        }),
        check,
      ),
    MINUTES_6,
  )

  test(
    'any bytes',
    () =>
      fuzz(
        'noise',
        fc.tuple(fc.uint8Array({ maxLength: 3000 }), fc.boolean()),
        ([bytes, isZipped]) => ({ bytes: isZipped ? rezipped(bytes) : Buffer.from(bytes), piece: 4096 }),
        check,
      ),
    MINUTES_6,
  )
})

function rezipped(bytes: Uint8Array): Buffer {
  return gzipSync(bytes, { level: 1 })
}

test('cut off after every hundredth of it, a package says that it is incomplete', async () => {
  for (const archive of archives)
    for (let percent = 1; percent < 100; percent++) {
      const reading = readPackage(
        pieces(archive.subarray(0, Math.floor((archive.length * percent) / 100)), 4096),
      )
      await expect(reading, `${percent} %`).rejects.toMatchObject({
        code: expect.stringMatching(/^(?:truncated|not-gzip)$/) as string,
      })
    }
})
