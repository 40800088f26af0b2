import { readFileSync, writeFileSync } from 'node:fs'
import * as fc from 'fast-check'

/** Inputs that once broke something, by the property that found them; replayed in every run. */
interface KeptSeed {
  property: string
  seed: number
  path: string
}

const FILE = new URL('seeds.json', import.meta.url)
/** How long each property is tried; short unless `npm run test:fuzz` says otherwise. Milliseconds. */
const BUDGET_MS = Number(process.env['FUZZ_SECONDS'] ?? 3) * 1000

/**
 * Replays what was kept for a property, then tries new inputs for as long as the time allows. What breaks it is written
 * to seeds.json beside this file, to be committed with its repair.
 * @throws Error of fast-check, with the smallest input that it found
 */
export async function fuzz<T>(name: string, property: fc.IAsyncProperty<T>): Promise<void> {
  const kept = JSON.parse(readFileSync(FILE, 'utf8')) as KeptSeed[]
  for (const { seed, path } of kept.filter((one) => one.property === name))
    await fc.assert(property, { seed, path, endOnFailure: true })
  const details = await fc.check(property, { numRuns: 10_000_000, interruptAfterTimeLimit: BUDGET_MS })
  if (!details.failed || details.counterexamplePath === null) return
  const found: KeptSeed = { property: name, seed: details.seed, path: details.counterexamplePath }
  writeFileSync(FILE, `${JSON.stringify([...kept, found], null, 2)}\n`)
  throw new Error(fc.defaultReportMessage(details as fc.RunDetails<unknown>) ?? `${name} failed`, {
    cause: details.errorInstance,
  })
}
