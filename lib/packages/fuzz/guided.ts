import { Session } from 'node:inspector/promises'
import * as fc from 'fast-check'
import { BUDGET_MS, keepInput, type FuzzInput } from './kept-inputs.ts'
import { byteMutations, mutateBytes } from './mutate-bytes.ts'

/** What is measured: the reader's own files, not its tests. */
const MEASURED = /\/lib\/packages\/(?!fuzz\/|testing\/)[^?]*(?<!\.test)\.ts/
const PIECES = [1_000_000, 4096, 511]
const DRAWN_AT_ONCE = 200

/** How a file is damaged: mutations see `open(bytes)`, and `close` makes a file of what they left. */
export interface Layer {
  open: (bytes: Buffer) => Buffer
  close: (bytes: Buffer) => Buffer
}

/**
 * Tries damaged files, guided by V8's block coverage: one that leads the reader where none did before is damaged
 * further. What breaks `check` is kept.
 * @param layers each file is damaged in one of them
 * @returns how many inputs were tried, and how many of them led somewhere new
 * @throws what `check` throws
 */
export async function fuzzGuided(
  seeds: readonly Buffer[],
  layers: readonly Layer[],
  check: (input: FuzzInput) => Promise<void>,
): Promise<{ tried: number; news: number }> {
  const coverage = await openCoverage()
  const corpus = [...seeds]
  let [tried, news] = [0, 0]
  try {
    for (const bytes of seeds) await check({ bytes, piece: PIECES[0] ?? 1 })
    await coverage.hasNews()
    for (const until = performance.now() + BUDGET_MS; performance.now() < until;)
      for (const mutations of fc.sample(byteMutations, DRAWN_AT_ONCE)) {
        if (performance.now() > until) break
        const layer = pick(layers)
        const input = { bytes: damaged(pick(corpus), layer, mutations), piece: pick(PIECES) }
        try {
          await check(input)
        } catch (error) {
          throw new Error(`kept as ${keepInput('guided', input)}`, { cause: error })
        }
        tried += 1
        if (!(await coverage.hasNews())) continue
        news += 1
        corpus.push(input.bytes)
      }
    return { tried, news }
  } finally {
    await coverage.close()
  }
}

function damaged(
  bytes: Buffer,
  { open, close }: Layer,
  mutations: Parameters<typeof mutateBytes>[1],
): Buffer {
  try {
    return close(mutateBytes(open(bytes), mutations))
  } catch {
    // What can't be opened any more is damaged as it is.
    return mutateBytes(bytes, mutations)
  }
}

function pick<T>(of: readonly T[]): T {
  return of[Math.floor(Math.random() * of.length)] as T
}

/** Tells whether anything of the reader ran for the first time since it was asked last. */
async function openCoverage() {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  const seen = new Set<string>()
  return {
    async hasNews(): Promise<boolean> {
      const before = seen.size
      const { result } = await session.post('Profiler.takePreciseCoverage')
      for (const { url, scriptId, functions } of result)
        if (MEASURED.test(url))
          for (const { ranges } of functions)
            for (const { startOffset, endOffset, count } of ranges)
              if (count > 0) seen.add(`${scriptId} ${startOffset} ${endOffset}`)
      return seen.size > before
    },
    async close(): Promise<void> {
      await session.post('Profiler.stopPreciseCoverage')
      session.disconnect()
    },
  }
}
