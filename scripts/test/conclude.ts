import type { StepResult } from './step.ts'
import { totalOf } from './tally.ts'

/**
 * Prints how a run came out, last of all the line `N passed, N failed` that scripts read, and ends the process: with
 * 0 only when all is well.
 * @param startedAt of `performance.now()`
 */
export function conclude(results: readonly StepResult[], startedAt: number, interrupted: boolean): never {
  const { passed, failed, skipped, flaky } = totalOf(results)
  const wrong = results.filter(({ ok }) => !ok).map(({ name }) => name)
  console.log(`\n${((performance.now() - startedAt) / 1000).toFixed(0)} s`)
  if (flaky > 0) console.log(`${flaky} passed only at the second try, named above`)
  if (skipped > 0) console.log(`${skipped} skipped`)
  if (wrong.length > 0) console.log(`failed: ${wrong.join(', ')}`)
  if (interrupted) console.log('interrupted')
  console.log(`${passed} passed, ${failed} failed`)
  process.exit(wrong.length === 0 && !interrupted ? 0 : 1)
}
