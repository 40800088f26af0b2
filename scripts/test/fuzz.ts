import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { whenAskedToStop } from '../start/stop-signal.ts'
import { conclude } from './conclude.ts'
import { runStep } from './step.ts'
import { REPORTS, ROOT } from './steps.ts'
import { vitestTally } from './tally.ts'

const FIVE_MINUTES_S = 300
/** Properties of lib/packages/fuzz, which run one after the other. */
const PROPERTIES = 5

/** `npm run test:fuzz [-- SECONDS]`: tries the reader of packages with ever new inputs, for five minutes. */
export async function main(args: readonly string[]): Promise<void> {
  const started = performance.now()
  const seconds = Number(args[0] ?? FIVE_MINUTES_S)
  if (!(seconds > 0)) throw new Error('npm run test:fuzz -- SECONDS')
  const stopping = new AbortController()
  whenAskedToStop(() => stopping.abort())
  mkdirSync(REPORTS, { recursive: true })
  const file = join(REPORTS, 'fuzz.json')
  const step = {
    name: `fuzzing, ${seconds} s`,
    command: [
      'vitest/vitest.mjs',
      'run',
      '--project=unit',
      'lib/packages/fuzz',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ],
    env: { FUZZ_SECONDS: String(seconds / PROPERTIES) },
    report: { file, read: vitestTally },
    live: true,
  }
  conclude([await runStep(step, ROOT, stopping.signal)], started, stopping.signal.aborted)
}

if (import.meta.main) await main(process.argv.slice(2))
