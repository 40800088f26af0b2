import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { afterEach } from 'vitest'

const ROOT = new URL('../..', import.meta.url).pathname

/** A process of ours, as a test runs it. */
export interface Run {
  readonly child: ChildProcess
  readonly out: () => string
  readonly err: () => string
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>
}

const runs: Run[] = []
afterEach(async () => {
  for (const { child, ended } of runs.splice(0)) {
    child.kill('SIGKILL')
    await ended
  }
})

/** Runs a script of the project until it ends or the test does. */
export function run(script: string, args: string[]): Run {
  const started = startProcess(script, args)
  runs.push(started)
  return started
}

/** Runs a script of the project for longer than one test: whoever calls this ends it. */
export function startProcess(script: string, args: string[]): Run {
  const child = spawn(process.execPath, [join(ROOT, script), ...args], { stdio: 'pipe' })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { child, out: () => out, err: () => err, ended }
}
