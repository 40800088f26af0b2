import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect } from 'vitest'

const MAIN = resolve(import.meta.dirname, '../../cli/main.ts')

export interface VioletRun {
  exitCode: number | null
  stdout: string
  stderr: string
}

/** Runs violet as a process of its own, with a login to the registry that it never shows. */
export async function runViolet(
  args: readonly string[],
  options: { cwd: string; user: { name: string; password: string }; env?: Record<string, string> },
): Promise<VioletRun> {
  const { cwd, user, env } = options
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: { ...process.env, VIOLET_USERNAME: user.name, VIOLET_PASSWORD: user.password, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = new Promise<number | null>((done) => child.once('exit', done))
  const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), exited])
  expect(stdout + stderr).not.toContain(user.password)
  return { exitCode, stdout, stderr }
}
