import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { runPlatform } from './run-platform.ts'
import type { Platform } from './run-platform.ts'

const USAGE = `node platform/main.ts --data DIR [--port N] [--exit-with-stdin]

  --data DIR          where everything is kept
  --port N            port on 127.0.0.1; 0, the default, takes a free one
  --exit-with-stdin   end when standard input does, so that it never outlives who started it

Prints one line, "kubeconfig PATH", once it can be used.`

/** Whatever hangs, the process is gone by then. Milliseconds. */
const STOP_DEADLINE_MS = 1200

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** One line for whoever started us. */
function explain(error: unknown, port: number): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') return `port ${port} is in use on 127.0.0.1`
  if (code === 'EACCES' && port > 0 && port < 1024) return `port ${port} may not be used`
  return `the embedded platform can't start: ${message.split('\n')[0] ?? ''}`
}

function readArguments(): { dataDir: string; port: number; exitWithStdin: boolean } {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      port: { type: 'string', default: '0' },
      'exit-with-stdin': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(`${USAGE}\n`)
    process.exit(0)
  }
  const port = Number(values.port)
  if (!/^\d+$/.test(values.port) || port > 65_535) throw new Error(`'${values.port}' is no port`)
  if (values.data === undefined) throw new Error('--data DIR is missing')
  return { dataDir: resolve(values.data), port, exitWithStdin: values['exit-with-stdin'] }
}

async function main(): Promise<void> {
  // Whoever read this may be gone; the work goes on.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  const { dataDir, port, exitWithStdin } = readArguments()
  let starting: Promise<Platform> | undefined
  let isStopping = false
  const stop = (): void => {
    if (isStopping) return
    isStopping = true
    setTimeout(() => process.exit(0), STOP_DEADLINE_MS).unref()
    void (async () => {
      await starting?.then((platform) => platform.close()).catch(() => undefined)
      process.exit(0)
    })()
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  if (exitWithStdin) {
    process.stdin.on('error', stop).on('end', stop).on('close', stop)
    process.stdin.resume()
  }
  starting = runPlatform({ dataDir: join(dataDir, 'platform'), port, log: say })
  try {
    const { kubeconfigPath } = await starting
    if (!isStopping) process.stdout.write(`kubeconfig ${kubeconfigPath}\n`)
  } catch (error) {
    if (isStopping) return
    say(explain(error, port))
    process.exit(1)
  }
}

try {
  await main()
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exit(1)
}
