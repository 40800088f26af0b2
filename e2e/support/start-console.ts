import { type ChildProcess, spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { newDataDir } from './new-data-dir.ts'

const ROOT = resolve(import.meta.dirname, '../..')

export interface RunningConsole {
  /** `http://127.0.0.1:<port>` */
  url: string
  kubeconfig: string
  /** Everything the process wrote so far, for failures. */
  log(): string
  /** Ends it as Ctrl-C does and removes its data. */
  stop(): Promise<void>
  process: ChildProcess
  dataDir: string
}

/**
 * Starts the product the way a person does, on a free port and data of its own.
 * @param args further arguments of `npm start`
 * @param options.dataDir kept at the end; a new one, see `newDataDir`, unless given
 * @throws Error with the process's output when it ends before it prints its two lines
 */
export async function startConsole(
  args: readonly string[] = [],
  { dataDir, env = {} }: { dataDir?: string; env?: Record<string, string> } = {},
): Promise<RunningConsole> {
  const data = dataDir ?? (await newDataDir('console-'))
  const child = spawn(
    process.execPath,
    [join(ROOT, 'scripts/start.mjs'), '--port', '0', '--data', data, ...args],
    {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PORT: '', DATA_DIR: '', UPLOADS_DIR: join(data, 'uploads'), ...env },
    },
  )
  // A test that fails while it waits here asks for no end; a forgotten console would take its share of the machine.
  const endWithUs = () => child.kill('SIGKILL')
  process.once('exit', endWithUs)
  child.once('exit', () => process.off('exit', endWithUs))
  let log = ''
  const found = new Map<string, string>()
  child.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString()
  })
  await new Promise<void>((done, fail) => {
    child.once('exit', (code) => fail(new Error(`the console ended with ${code}:\n${log}`)))
    createInterface({ input: child.stdout }).on('line', (line) => {
      log += `${line}\n`
      const [key, value] = line.split(' ', 2)
      if (key !== undefined && value !== undefined) found.set(key, value)
      if (found.has('console') && found.has('kubeconfig')) done()
    })
  })
  return {
    url: found.get('console') ?? '',
    kubeconfig: found.get('kubeconfig') ?? '',
    log: () => log,
    process: child,
    dataDir: data,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = new Promise((done) => child.once('exit', done))
        child.kill('SIGINT')
        await ended
      }
      if (dataDir === undefined) await rm(data, { recursive: true, force: true })
    },
  }
}
