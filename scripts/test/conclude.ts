import { relative } from 'node:path'
import type { StepResult } from './step.ts'
import { ROOT } from './steps.ts'
import { totalOf } from './tally.ts'

/**
 * Prints how a run came out: a line `failed: …` or `second try: …` for each test that had trouble, last of all the line
 * `N passed, N failed`. Scripts read both. Ends the process, with 0 only when all is well.
 * @param startedAt of `performance.now()`
 */
export function conclude(results: readonly StepResult[], startedAt: number, interrupted: boolean): never {
  const { passed, failed, skipped, troubles } = totalOf(results)
  const wrong = results.filter(({ ok }) => !ok)
  console.log(`\n${((performance.now() - startedAt) / 1000).toFixed(0)} s`)
  if (skipped > 0) console.log(`${skipped} skipped`)
  for (const { name, troubles: named = [] } of wrong)
    if (named.length === 0) console.log(`failed: ${name}, as a whole`)
  for (const { outcome, test, reason } of troubles)
    console.log(`${outcome}: ${test.startsWith(ROOT) ? relative(ROOT, test) : test}: ${reason}`)
  if (interrupted) console.log('interrupted')
  console.log(`${passed} passed, ${failed} failed`)
  process.exit(wrong.length === 0 && !interrupted ? 0 : 1)
}
