import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartupError } from '#lib/server/startup-error.ts'

const RESTART_DELAY_MS = 500
const MAX_RESTARTS = 5
const STOP_TIMEOUT_MS = 1500

export interface PlatformProcess {
  kubeconfig: string
  /** Rejects when it keeps ending by itself. */
  failed: Promise<never>
  stop(): Promise<void>
}

/**
 * Starts the embedded platform and waits until it answers. It ends when its standard input does, so that it outlives
 * this process in no case; when it ends by itself it is started again, on the same port and data.
 * @throws StartupError when it doesn't get that far
 */
export async function startPlatform(
  root: string,
  dataDir: string,
  signal: AbortSignal,
): Promise<PlatformProcess> {
  const port = await freePort()
  const spawnPlatform = () =>
    spawn(
      process.execPath,
      [join(root, 'platform/main.ts'), '--data', dataDir, '--port', String(port), '--exit-with-stdin'],
      // A group of its own: Ctrl-C in a terminal reaches us first, and we end it after the console.
      { cwd: root, stdio: ['pipe', 'pipe', 'inherit'], detached: process.platform !== 'win32' },
    )
  let child = spawnPlatform()
  let stopping = false
  const stop = async () => {
    stopping = true
    await endChild(child)
  }
  signal.addEventListener('abort', () => void stop(), { once: true })
  const kubeconfig = await kubeconfigOf(child)
  const failed = Promise.withResolvers<never>()
  let restarts = 0
  const supervise = () =>
    child.once('exit', (code, cause) => {
      if (stopping) return
      restarts += 1
      console.error(`the embedded platform ended (${cause ?? code})`)
      if (restarts > MAX_RESTARTS)
        return failed.reject(new StartupError('the embedded platform keeps ending'))
      void sleep(RESTART_DELAY_MS).then(() => {
        if (stopping) return
        child = spawnPlatform()
        child.stdout?.resume()
        supervise()
      })
    })
  supervise()
  return { kubeconfig, failed: failed.promise, stop }
}

/** The path that the platform prints once it answers. */
function kubeconfigOf(child: ChildProcess): Promise<string> {
  return new Promise((done, fail) => {
    if (child.stdout === null) return
    createInterface({ input: child.stdout }).on('line', (line) => {
      const path = /^kubeconfig (.+)$/.exec(line)?.[1]
      if (path === undefined) console.error(line)
      else done(path)
    })
    child.once('error', (error) =>
      fail(new StartupError(`the embedded platform can't run: ${error.message}`)),
    )
    child.once('exit', (code, signal) =>
      fail(new StartupError(`the embedded platform ended at its start (${signal ?? code})`)),
    )
  })
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((done) => child.once('exit', done))
  child.stdin?.end()
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
  await ended
  clearTimeout(timer)
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
