import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { BINARIES, findBinary } from '#e2e/support/binaries.ts'
import { whenAskedToStop } from '../start/stop-signal.ts'
import { conclude } from './conclude.ts'
import { runStep } from './step.ts'
import { browserStep, buildStep, REPORTS, ROOT, vitestStep } from './steps.ts'

const INSTALL_MS = 300_000

/**
 * `npm run test:registry`: packages, and the page that publishes them, against a real registry, real signatures and another client. Debian's packages for
 * that are installed where that is possible; where they can't be had it says so in one line and ends well.
 */
export async function main(): Promise<void> {
  const started = performance.now()
  const stopping = new AbortController()
  whenAskedToStop(() => stopping.abort())
  mkdirSync(REPORTS, { recursive: true })
  const missing = await ensureBinaries()
  if (missing !== undefined) {
    console.log(`tests against a real registry skipped: ${missing}`)
    return conclude([], started, false)
  }
  // Some tests upload to a console of their own.
  const built = await buildStep(stopping.signal)
  const page = 'e2e/registry/page/playwright.config.ts'
  const steps = [
    vitestStep('registry', 'packages, real registry'),
    browserStep('Upload Packages page, real registry', {}, page),
  ]
  const results = [built]
  for (const step of built.ok ? steps : []) results.push(await runStep(step, ROOT, stopping.signal))
  conclude(results, started, stopping.signal.aborted)
}

/** Undefined when all programs are there, now or before; else why not. */
async function ensureBinaries(): Promise<string | undefined> {
  const lacking = () => Object.entries(BINARIES).filter(([program]) => findBinary(program) === undefined)
  const wanted = lacking()
  if (wanted.length === 0) return undefined
  const names = wanted.map(([program]) => program).join(', ')
  if (findBinary('apt-get') === undefined)
    return `${names} not found, and there is no apt-get to install them`
  if (process.getuid?.() !== 0) return `${names} not found, and only root may install them`
  const packages = wanted.map(([, name]) => name)
  console.log(`installing ${packages.join(', ')} …`)
  await run(['update'])
  const output = await run(['install', '-y', '--no-install-recommends', ...packages])
  const still = lacking().map(([program]) => program)
  return still.length === 0
    ? undefined
    : `${still.join(', ')} could not be installed: ${output.trim().split('\n').at(-1)?.slice(0, 200) ?? ''}`
}

function run(args: readonly string[]): Promise<string> {
  return new Promise((done) => {
    const child = spawn('apt-get', args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      timeout: INSTALL_MS,
    })
    let output = ''
    const collect = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4000)
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.once('error', (error) => done(error.message))
    child.once('close', () => done(output))
  })
}

if (import.meta.main) await main()
