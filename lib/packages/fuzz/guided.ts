import type { Profiler } from 'node:inspector'
import { Session } from 'node:inspector/promises'
import * as fc from 'fast-check'
import { BUDGET_MS, keepInput, type FuzzInput } from './kept-inputs.ts'

/** What is measured: the reader's own files, not its tests. */
const MEASURED = /\/lib\/packages\/(?!fuzz\/|testing\/)[^?]*(?<!\.test)\.ts/
const PIECES = [1_000_000, 4096, 511]
const DRAWN_AT_ONCE = 200

export interface Guided<T> {
  seeds: readonly T[]
  mutations: fc.Arbitrary<(value: T) => T>
  /** The file of a seed, or of what mutations made of it. */
  fileOf: (value: T) => Promise<Buffer>
  /** Loads the reader anew and makes the check: V8 looks into what is compiled after it was asked to. */
  load: () => Promise<(input: FuzzInput) => Promise<void>>
}

/**
 * Tries changed packages, guided by V8's block coverage: one that leads the reader where none did before is changed
 * further. What breaks the check is kept.
 * @returns how many were tried, and how many of them led somewhere new
 * @throws what the check throws
 */
export async function fuzzGuided<T>({
  seeds,
  mutations,
  fileOf,
  load,
}: Guided<T>): Promise<{ tried: number; news: number }> {
  const coverage = await openCoverage()
  const corpus = [...seeds]
  let [tried, news] = [0, 0]
  try {
    const check = await load()
    for (const seed of seeds) await check({ bytes: await fileOf(seed), piece: PIECES[0] ?? 1 })
    await coverage.hasNews()
    for (const until = performance.now() + BUDGET_MS; performance.now() < until;)
      for (const mutate of fc.sample(mutations, DRAWN_AT_ONCE)) {
        if (performance.now() > until) break
        const value = mutate(pick(corpus))
        const input = { bytes: await fileOf(value), piece: pick(PIECES) }
        try {
          await check(input)
        } catch (error) {
          throw new Error(`kept as ${keepInput('guided', input)}`, { cause: error })
        }
        tried += 1
        if (!(await coverage.hasNews())) continue
        news += 1
        corpus.push(value)
      }
    return { tried, news }
  } finally {
    await coverage.close()
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
  /** By script: which of its characters ran. */
  const covered = new Map<string, Uint8Array>()
  return {
    async hasNews(): Promise<boolean> {
      let isNews = false
      const { result } = await session.post('Profiler.takePreciseCoverage')
      for (const { url, scriptId, functions } of result) {
        if (!MEASURED.test(url)) continue
        const now = charactersRun(functions)
        const before = covered.get(scriptId) ?? new Uint8Array(now.length)
        covered.set(scriptId, before)
        for (let at = 0; at < now.length; at++)
          if (now[at] === 1 && before[at] === 0) {
            before[at] = 1
            isNews = true
          }
      }
      return isNews
    },
    async close(): Promise<void> {
      await session.post('Profiler.stopPreciseCoverage')
      session.disconnect()
    },
  }
}

/** Ranges lie inside one another, and each says how often what it does not leave to one further in ran. */
function charactersRun(functions: readonly Profiler.FunctionCoverage[]): Uint8Array {
  const ranges = functions.flatMap((one) => one.ranges)
  const run = new Uint8Array(ranges.reduce((most, { endOffset }) => Math.max(most, endOffset), 0))
  for (const { startOffset, endOffset, count } of ranges) run.fill(count > 0 ? 1 : 0, startOffset, endOffset)
  return run
}
