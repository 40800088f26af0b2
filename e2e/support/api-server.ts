import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../platform/apiserver/main.ts', import.meta.url))
const START_TIMEOUT_MS = 60_000

export interface RunningApiServer {
  /** Path of the kubeconfig; its contexts are the clusters, the first one current. */
  readonly kubeconfig: string
  readonly dataDir: string
  readonly process: ChildProcess
  /** Ends the process with SIGTERM and returns its exit code. */
  stop(): Promise<number | null>
  /** Ends the process with SIGKILL, as a crash would. */
  kill(): Promise<void>
  /** `stop()`, and removes the data if this start made them. */
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Starts the embedded API server as a process of its own, on a free port.
 * @param options.dataDir a folder to keep; a temporary one by default
 * @param options.clusters names; global, business and edge by default
 * @param options.crds folder of the definitions that it starts with; the project's own by default
 * @throws when it does not come up within a minute
 */
export async function startApiServer(
  options: { dataDir?: string; clusters?: string; crds?: string; port?: number; history?: number } = {},
): Promise<RunningApiServer> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'apiserver-')))
  const flags = ['--data', dataDir, '--port', String(options.port ?? 0)]
  if (options.clusters !== undefined) flags.push('--clusters', options.clusters)
  if (options.crds !== undefined) flags.push('--crds', options.crds)
  if (options.history !== undefined) flags.push('--history', String(options.history))
  const child = spawn(process.execPath, [MAIN, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit') as Promise<[number | null]>
  const kubeconfig = await readKubeconfigPath(child).catch(async (error: unknown) => {
    child.kill('SIGKILL')
    throw error
  })
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
    const [code] = await exited
    return code
  }
  return {
    kubeconfig,
    dataDir,
    process: child,
    stop,
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
    async [Symbol.asyncDispose]() {
      await stop()
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function readKubeconfigPath(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the API server has no output')
  const lines = createInterface({ input: child.stdout })
  const timer = setTimeout(() => lines.close(), START_TIMEOUT_MS)
  try {
    for await (const line of lines) {
      const found = /^kubeconfig (.+)$/.exec(line)
      if (found?.[1] !== undefined) return found[1]
    }
    throw new Error('the API server did not come up')
  } finally {
    clearTimeout(timer)
    child.stdout.resume()
  }
}
