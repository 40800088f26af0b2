import { spawn } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Tally } from './tally.ts'

export interface Step {
  name: string
  /** Script or binary below node_modules/.bin, and its arguments. */
  command: string[]
  env?: Record<string, string>
  /** File that the tests' reporter writes, and how to read it; without one the step counts as one test. */
  report?: { file: string; read: (json: unknown) => Tally }
  /** Show what it prints while it runs; else only when it fails. */
  live?: boolean
}

export interface StepResult extends Tally {
  name: string
  seconds: number
  ok: boolean
}

/** Runs one step to its end; prints one line about it, and its output when it fails. */
export async function runStep(step: Step, root: string, signal: AbortSignal): Promise<StepResult> {
  const started = performance.now()
  if (step.report !== undefined) await rm(step.report.file, { force: true })
  const { code, output } = await run(step, root, signal)
  const tally = await tallyOf(step, code === 0)
  const ok = code === 0 && tally.failed === 0
  const seconds = (performance.now() - started) / 1000
  if (!ok && step.live !== true) console.log(output)
  const counts = step.report === undefined ? '' : `, ${tally.passed} passed, ${tally.failed} failed`
  console.log(`${ok ? '✓' : '✗'} ${step.name} (${seconds.toFixed(1)} s${counts})`)
  return { name: step.name, seconds, ok, ...tally }
}

async function tallyOf(step: Step, ok: boolean): Promise<Tally> {
  const alone = ok ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 }
  if (step.report === undefined) return alone
  try {
    const tally = step.report.read(JSON.parse(await readFile(step.report.file, 'utf8')))
    // A run that fails without a failing test (no test found, a crash) is a failure all the same.
    return ok || tally.failed > 0 ? tally : { ...tally, failed: 1 }
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

function run(
  step: Step,
  root: string,
  signal: AbortSignal,
): Promise<{ code: number | null; output: string }> {
  const [name = '', ...args] = step.command
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', name), ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, FORCE_COLOR: '0', ...step.env },
      signal,
      killSignal: 'SIGINT',
    })
    let output = ''
    const collect = (chunk: Buffer) => {
      if (step.live === true) process.stdout.write(chunk)
      else output += chunk.toString()
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.once('error', (error) => {
      output += error.message
    })
    child.once('close', (code) => done({ code, output }))
  })
}
