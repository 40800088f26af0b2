import { mkdirSync } from 'node:fs'
import { whenAskedToStop } from '../start/stop-signal.ts'
import { conclude } from './conclude.ts'
import { runStep, type Step, type StepResult } from './step.ts'
import { browserStep, buildStep, REPORTS, ROOT, vitestStep } from './steps.ts'

const FORMAT: Step = { name: 'format', command: ['oxfmt/bin/oxfmt', '--check'] }
const LINT: Step = { name: 'lint', command: ['oxlint/bin/oxlint', '--type-aware', '--deny-warnings'] }
const TYPES: Step = { name: 'types', command: ['typescript/bin/tsc', '--noEmit'] }

/**
 * `npm test` on the project's own Node: everything that must hold. Checks and API tests share the two cores; the
 * browser tests, which measure time, have them to themselves. Ends the process with 0 only when all is well.
 */
export async function main(): Promise<void> {
  const started = performance.now()
  const stopping = new AbortController()
  whenAskedToStop(() => stopping.abort())
  mkdirSync(REPORTS, { recursive: true })
  const results: StepResult[] = []
  const inTurn = async (steps: readonly Step[]) => {
    for (const step of steps)
      if (!stopping.signal.aborted) results.push(await runStep(step, ROOT, stopping.signal))
  }
  const built = await buildStep(stopping.signal)
  results.push(built)
  await Promise.all([inTurn([FORMAT, LINT, TYPES, vitestStep('unit')]), inTurn([vitestStep('contract')])])
  if (built.ok) await inTurn([browserStep()])
  conclude(results, started, stopping.signal.aborted)
}

if (import.meta.main) await main()
