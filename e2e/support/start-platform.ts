import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

const MAIN = resolve(import.meta.dirname, '../../platform/main.ts')

export interface RunningPlatform {
  readonly kubeconfig: string
  readonly process: ChildProcess
  /** Ends it, whatever state it is in. */
  stop(): Promise<void>
}

/**
 * Starts the embedded platform alone, as a process that tests may stop or kill.
 * @param data where it lives
 * @throws when it ends before it can be used
 */
export async function startPlatform(data: string): Promise<RunningPlatform> {
  const child = spawn(process.execPath, [MAIN, '--data', data, '--exit-with-stdin'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const exited = once(child, 'exit')
  for await (const line of createInterface({ input: child.stdout })) {
    const kubeconfig = /^kubeconfig (.+)$/.exec(line)?.[1]
    if (kubeconfig === undefined) continue
    child.stdout.resume()
    return {
      kubeconfig,
      process: child,
      async stop() {
        child.kill('SIGKILL')
        await exited
      },
    }
  }
  throw new Error(`the platform did not start, see ${join(data, 'platform')}`)
}
