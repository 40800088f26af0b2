import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ensureBuilt } from '../start/build.ts'
import { whenAskedToStop } from '../start/stop-signal.ts'
import { runStep, type Step, type StepResult } from './step.ts'
import { playwrightTally, totalOf, vitestTally } from './tally.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const REPORTS = join(ROOT, '.cache/test-reports')

function vitestStep(project: string, live: boolean): Step {
  const file = join(REPORTS, `${project}.json`)
  return {
    name: `${project} tests`,
    command: [
      'vitest/vitest.mjs',
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ],
    report: { file, read: vitestTally },
    live,
  }
}

const FORMAT: Step = { name: 'format', command: ['oxfmt/bin/oxfmt', '--check'] }
const LINT: Step = { name: 'lint', command: ['oxlint/bin/oxlint', '--type-aware', '--deny-warnings'] }
const TYPES: Step = { name: 'types', command: ['typescript/bin/tsc', '--noEmit'] }
const UNIT = vitestStep('unit', false)
const CONTRACT = vitestStep('contract', false)
const BROWSER: Step = {
  name: 'browser tests',
  command: ['@playwright/test/cli.js', 'test', '-c', 'e2e/playwright.config.ts', '--reporter=list,json'],
  env: { PLAYWRIGHT_JSON_OUTPUT_FILE: join(REPORTS, 'browser.json') },
  report: { file: join(REPORTS, 'browser.json'), read: playwrightTally },
  live: true,
}

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
  const built = await buildPages(stopping.signal)
  results.push(built)
  await Promise.all([inTurn([FORMAT, LINT, TYPES, UNIT]), inTurn([CONTRACT])])
  if (built.ok) await inTurn([BROWSER])
  const { passed, failed, skipped } = totalOf(results)
  const wrong = results.filter(({ ok }) => !ok).map(({ name }) => name)
  console.log(`\n${((performance.now() - started) / 1000).toFixed(0)} s`)
  if (skipped > 0) console.log(`${skipped} skipped`)
  if (wrong.length > 0) console.log(`failed: ${wrong.join(', ')}`)
  if (stopping.signal.aborted) console.log('interrupted')
  console.log(`${passed} passed, ${failed} failed`)
  process.exit(wrong.length === 0 && !stopping.signal.aborted ? 0 : 1)
}

/** A build of its own step, by the same code as `npm start`, so that the browser tests find theirs done. */
async function buildPages(signal: AbortSignal): Promise<StepResult> {
  const started = performance.now()
  let ok = true
  try {
    await ensureBuilt(ROOT, signal)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    ok = false
  }
  const seconds = (performance.now() - started) / 1000
  console.log(`${ok ? '✓' : '✗'} build (${seconds.toFixed(1)} s)`)
  return { name: 'build', seconds, ok, passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 }
}

if (import.meta.main) await main()
