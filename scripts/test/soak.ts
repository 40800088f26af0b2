import { randomBytes } from 'node:crypto'
import { packTgz, pluginYaml } from '#e2e/support/package-builder.ts'
import { startConsole } from '#e2e/support/start-console.ts'
import { uploadSlowly } from '#e2e/soak/slow-upload.ts'
import { whenAskedToStop } from '../start/stop-signal.ts'
import { conclude } from './conclude.ts'
import { buildStep, ownStep } from './steps.ts'

const THIRTY_MINUTES_S = 1800
/** Bytes a second: a modem's line, and far more than the console keeps in memory in all. */
const SPEED = 32 * 1024
/** The last part, of three quarters of the time, is longer than any limit of a server's default. */
const CUTS = [0.05, 0.25]

/** `npm run test:soak [-- SECONDS]`: one package on its way for half an hour, over a line that breaks twice. */
export async function main(args: readonly string[]): Promise<void> {
  const started = performance.now()
  const seconds = Number(args[0] ?? THIRTY_MINUTES_S)
  if (!(seconds > 0)) throw new Error('npm run test:soak -- SECONDS')
  const stopping = new AbortController()
  whenAskedToStop(() => process.exit(1))
  const built = await buildStep(stopping.signal)
  const soaked = built.ok ? [await ownStep(`an upload of ${seconds} s`, () => soak(seconds))] : []
  conclude([built, ...soaked], started, false)
}

async function soak(seconds: number): Promise<void> {
  const bytes = await packTgz([
    ['res/resources.yaml', pluginYaml({ name: 'soak-demo', version: 'v1.0.0' })],
    ['res/artifacts.txt', ''],
    ['res/extra.bin', randomBytes(SPEED * seconds)],
  ])
  const running = await startConsole()
  try {
    const { detail, parts } = await uploadSlowly(running.url, bytes, {
      seconds,
      cuts: CUTS,
      say: (line) => console.log(line),
    })
    for (const { offset, bytes: length, seconds: took, end } of parts)
      console.log(`part from ${offset}: ${length} bytes in ${took.toFixed(1)} s, ${end}`)
    if (detail.state !== 'inspected') throw new Error(`the upload ended as ${detail.state}`)
  } finally {
    await running.stop()
  }
}

if (import.meta.main) await main(process.argv.slice(2))
