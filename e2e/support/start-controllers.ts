import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'

const MAIN = resolve(import.meta.dirname, '../../platform/controllers/main.ts')

export interface RunningControllers {
  /** Everything the process wrote so far, for failures. */
  log(): string
  stop(): Promise<void>
}

/** Starts the controllers as a process of their own, as `npm run controller -- ARGS` does. */
export function startControllers(args: readonly string[]): RunningControllers {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
  const exited = once(child, 'exit')
  let log = ''
  child.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString()
  })
  return {
    log: () => log,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      await exited
    },
  }
}
