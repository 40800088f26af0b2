import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'

/** A file as the reader gets it. */
export interface FuzzInput {
  bytes: Buffer
  /** How much of it comes at once; bytes. */
  piece: number
}

const FOLDER = join(import.meta.dirname, 'found')
const NAME = /^[a-z]+-(\d+)-[0-9a-f]{12}$/

/** How long each property is tried; short unless `npm run test:fuzz` says otherwise. Milliseconds. */
export const BUDGET_MS = Number(process.env['FUZZ_SECONDS'] ?? 2) * 1000

/** Inputs that once broke something, by name: each is replayed in every run. */
export function keptInputs(): [name: string, input: FuzzInput][] {
  return readdirSync(FOLDER).flatMap((name) => {
    const piece = NAME.exec(name)?.[1]
    return piece === undefined
      ? []
      : [[name, { bytes: readFileSync(join(FOLDER, name)), piece: Number(piece) }]]
  })
}

/** Keeps an input that broke something, to be committed with its repair. @returns its name */
export function keepInput(property: string, { bytes, piece }: FuzzInput): string {
  const name = `${property}-${piece}-${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}`
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(join(FOLDER, name), bytes)
  return name
}

/**
 * Tries new inputs for as long as the time allows. The smallest one found that breaks `check` is kept.
 * @param make makes an input of what was drawn
 * @throws Error of fast-check
 */
export async function fuzz<T>(
  property: string,
  drawn: fc.Arbitrary<T>,
  make: (value: T) => FuzzInput | Promise<FuzzInput>,
  check: (input: FuzzInput) => Promise<void>,
): Promise<void> {
  const details = await fc.check(
    fc.asyncProperty(drawn, async (value) => check(await make(value))),
    { numRuns: 10_000_000, interruptAfterTimeLimit: BUDGET_MS },
  )
  if (!details.failed || details.counterexample === null) return
  const name = keepInput(property, await make(details.counterexample[0]))
  const report = fc.defaultReportMessage(details as fc.RunDetails<unknown>) ?? 'failed'
  throw new Error(`kept as ${name}: ${report}`, { cause: details.errorInstance })
}
