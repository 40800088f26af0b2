import { join, resolve } from 'node:path'
import type { KubeconfigSource } from '#lib/server/connect-cluster.ts'
import { outliveReaders } from '#lib/server/outlive-readers.ts'
import { StartupError } from '#lib/server/startup-error.ts'
import { parseStartArguments, USAGE } from './arguments.ts'
import { ensureBuilt } from './build.ts'
import { openDataDir } from './data-dir.ts'
import { startPlatform } from './platform-process.ts'
import { whenAskedToStop } from './stop-signal.ts'

const ROOT = resolve(import.meta.dirname, '../..')
/** Whatever hangs, the process is gone by then. Milliseconds. */
const STOP_DEADLINE_MS = 2800

/**
 * `npm start` on the project's own Node: brings up platform and console, prints where they are, and takes everything
 * down again when asked to. Ends the process.
 */
export async function main(args: readonly string[], options: { dev?: boolean } = {}): Promise<void> {
  const cleanups: (() => Promise<void>)[] = []
  const stopping = new AbortController()
  const finish = async (code: number) => {
    if (stopping.signal.aborted) return
    stopping.abort()
    setTimeout(() => process.exit(code), STOP_DEADLINE_MS).unref()
    for (const cleanup of cleanups.reverse()) await cleanup().catch(() => {})
    process.exit(code)
  }
  outliveReaders()
  // Standard output is for the lines that scripts read; whatever a library says goes elsewhere.
  console.log = console.error
  console.info = console.error
  whenAskedToStop(() => void finish(0))
  try {
    await bringUp(args, options.dev ?? false, cleanups, stopping.signal)
  } catch (error) {
    if (stopping.signal.aborted) return
    console.error(error instanceof StartupError ? error.message : error)
    await finish(1)
  }
}

async function bringUp(
  args: readonly string[],
  dev: boolean,
  cleanups: (() => Promise<void>)[],
  signal: AbortSignal,
): Promise<void> {
  const options = parseStartArguments(args, process.env)
  if (options.help) return print(USAGE)
  const { openConsole } = await import('../../server.ts')
  const console_ = await openConsole({ port: options.port, dev, root: ROOT })
  cleanups.push(() => console_.close())
  let failed: Promise<never> | undefined
  let kubeconfig: KubeconfigSource
  let uploadsDir: string | undefined
  const built = () => (dev ? Promise.resolve() : ensureBuilt(ROOT, signal))
  if (options.kubeconfig === undefined) {
    cleanups.push(await openDataDir(options.dataDir, options.fresh))
    const [platform] = await Promise.all([
      startPlatform(ROOT, options.dataDir, signal).then((started) => {
        cleanups.push(() => started.stop())
        return started
      }),
      built(),
    ])
    kubeconfig = { file: platform.kubeconfig }
    uploadsDir = join(options.dataDir, 'uploads')
    failed = platform.failed
  } else {
    const { file } = options.kubeconfig
    kubeconfig = file === undefined ? 'default' : { file }
  }
  const served = await console_.connect(kubeconfig, options.clusters, uploadsDir)
  if (options.kubeconfig !== undefined) await built()
  await console_.serve()
  if (options.kubeconfig !== undefined) print(`cluster ${served.cluster} ${served.server}`)
  print(`console ${console_.url}`)
  print(`kubeconfig ${served.kubeconfig}`)
  await failed
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

if (import.meta.main) await main(process.argv.slice(2))
