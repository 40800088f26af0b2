import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'

const MAIN = resolve(import.meta.dirname, '../main.ts')

export interface CliResult {
  exitCode: number | null
  stdout: string
  stderr: string
}

export interface CliOptions {
  cwd: string
  env?: Record<string, string>
  stdin?: string
  /** The script to run instead of the sources. */
  script?: string
}

/** Runs violet as a process of its own, as a person does, with nothing of this one's environment but the PATH and where compiled code is kept. */
export async function runCli(args: readonly string[], options: CliOptions): Promise<CliResult> {
  const { cwd, env = {}, stdin = '', script = MAIN } = options
  const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env
  const child = spawn(process.execPath, [script, ...args], {
    cwd,
    env: { NODE_ENV: 'production', PATH, NODE_COMPILE_CACHE, HOME: cwd, ...env },
    stdio: 'pipe',
  })
  child.stdin.on('error', () => undefined).end(stdin)
  const exited = new Promise<number | null>((done) => child.once('exit', done))
  const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), exited])
  return { exitCode, stdout, stderr }
}
