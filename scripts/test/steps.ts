import { join, resolve } from 'node:path'
import { ensureBuilt } from '../start/build.ts'
import type { Step, StepResult } from './step.ts'
import { playwrightTally, vitestTally } from './tally.ts'

export const ROOT = resolve(import.meta.dirname, '../..')
/** Where the reporters write; in `.cache`, which nothing checks in. */
export const REPORTS = join(ROOT, '.cache/test-reports')

/**
 * The tests of one project of vitest.config.ts.
 */
export function vitestStep(
  project: string,
  name = `${project} tests`,
  { env = {} }: { env?: Record<string, string> } = {},
): Step {
  const file = join(REPORTS, `${project}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  return {
    name,
    command: ['vitest/vitest.mjs', 'run', '--project', project, ...reporters],
    env,
    report: { file, read: vitestTally },
  }
}

/** The specs of e2e/specs in a browser, or those of another configuration. */
export function browserStep(
  name = 'browser tests',
  env: Record<string, string> = {},
  config = 'e2e/playwright.config.ts',
): Step {
  const file = join(REPORTS, 'browser.json')
  return {
    name,
    command: ['@playwright/test/cli.js', 'test', '-c', config, '--reporter=list,json'],
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
    report: { file, read: playwrightTally },
    live: true,
  }
}

/** Some work of ours as a step: it counts as one test, and fails with what it throws. */
export async function ownStep(name: string, work: () => Promise<unknown>): Promise<StepResult> {
  const started = performance.now()
  let ok = true
  try {
    await work()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    ok = false
  }
  const seconds = (performance.now() - started) / 1000
  console.log(`${ok ? '✓' : '✗'} ${name} (${seconds.toFixed(1)} s)`)
  return { name, seconds, ok, passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 }
}

/** A build of its own step, by the same code as `npm start`, so that the browser tests find theirs done. */
export function buildStep(signal: AbortSignal): Promise<StepResult> {
  return ownStep('build', () => ensureBuilt(ROOT, signal))
}
