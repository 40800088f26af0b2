import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  clusterSettings,
  packageSettings,
  readEnvironment,
  type Environment,
} from '#lib/server/environment.ts'
import { createRuntime, type Runtime } from '#lib/server/create-runtime.ts'
import type { ClusterSettings, KubeconfigSource, ServedCluster } from '#lib/server/connect-cluster.ts'
import { log } from '#lib/server/log.ts'
import { outliveReaders } from '#lib/server/outlive-readers.ts'
import { StartupError } from '#lib/server/startup-error.ts'
import { allowedHosts } from '#lib/server/http/allowed-hosts.ts'
import { createRequestListener, type PageHandler } from '#lib/server/http/request-listener.ts'
import { SERVER_LIMITS } from '#lib/server/http/server-limits.ts'

/** Open streams and half-sent answers get this long at the end. Milliseconds. */
const GRACE_MS = 1000
/** How long the start waits for what the cluster holds. Milliseconds. */
const FIRST_READ_MS = 5000

export interface ConsoleOptions {
  /** The project's folder. */
  root: string
  port?: number
  /** Serve pages from source, rebuilt as they change. */
  dev?: boolean
  environment?: Environment
}

export interface ConsoleServer {
  url: string
  /**
   * Reads the kubeconfig, asks the cluster whether it is there, and starts to follow it and those that it leads to.
   * @param uploadsDir where uploads are kept, unless the environment says
   * @throws StartupError when any of that fails
   */
  connect(
    kubeconfig: KubeconfigSource,
    clusters: ClusterSettings,
    uploadsDir?: string,
  ): Promise<ServedCluster>
  /** Starts to answer with pages and data; until then every request is told to wait. */
  serve(): Promise<void>
  /** Ends streams, answers and connections. */
  close(): Promise<void>
}

/**
 * Opens the console's port and nothing else yet, so that a busy one is known at once.
 * @throws StartupError when the port or the TLS files can't be had
 */
export async function openConsole(options: ConsoleOptions): Promise<ConsoleServer> {
  const environment = options.environment ?? readEnvironment()
  const { dev = false, root } = options
  const port = options.port ?? environment.port
  const server = await createHttpServer(environment)
  await listen(server, port, environment.bind)
  const actualPort = (server.address() as AddressInfo).port
  process.on('unhandledRejection', logStray)
  let running: Runtime | undefined
  let pages: (PageHandler & { close(): Promise<void> }) | undefined
  const listener = createRequestListener({
    isAllowedHost: allowedHosts(actualPort, environment.hosts),
    dev,
    runtime: () => running,
    pages: () => pages,
  })
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    void listener(request, response)
  })
  return {
    url: `${environment.tls === null ? 'http' : 'https'}://${addressOf(environment.bind)}:${actualPort}`,
    async connect(kubeconfig, clusters, uploadsDir) {
      const fallback = join(tmpdir(), 'plugin-marketplace-uploads', String(actualPort))
      const dir = environment.uploadsDir ?? uploadsDir ?? fallback
      const packages = await packageSettings()
      running = await createRuntime({ kubeconfig, clusters, environment, packages, uploadsDir: dir })
      return running.served
    },
    async serve() {
      const prepared = await preparePages(root, dev, actualPort)
      // First answers had better be full ones; a cluster that keeps us waiting is explained by the pages.
      await running?.firstRead(FIRST_READ_MS)
      pages = prepared
    },
    async close() {
      const closed = new Promise((done) => server.close(done))
      running?.live.close()
      server.closeIdleConnections()
      const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS)
      await closed
      clearTimeout(timer)
      await running?.stop()
      await pages?.close()
      process.off('unhandledRejection', logStray)
    },
  }
}

/** One forgotten promise must not end everybody's console. */
function logStray(reason: unknown): void {
  log.warn('unhandled rejection', { reason: reason instanceof Error ? reason.stack : typeof reason })
}

async function createHttpServer(environment: Environment): Promise<Server> {
  if (environment.tls === null) return createServer(SERVER_LIMITS)
  try {
    const [cert, key] = await Promise.all([
      readFile(environment.tls.certFile),
      readFile(environment.tls.keyFile),
    ])
    return createTlsServer({ ...SERVER_LIMITS, cert, key, minVersion: 'TLSv1.2' })
  } catch (error) {
    throw new StartupError(`the TLS files can't be used: ${(error as Error).message}`)
  }
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE' ? 'is in use by another process' : `can't be opened (${error.code})`
      fail(new StartupError(`port ${port} on ${host} ${why}`))
    })
    server.listen(port, host, done)
  })
}

function addressOf(bind: string): string {
  if (bind === '0.0.0.0' || bind === '::') return '127.0.0.1'
  return bind.includes(':') ? `[${bind}]` : bind
}

async function preparePages(root: string, dev: boolean, port: number) {
  Object.assign(process.env, { NODE_ENV: dev ? 'development' : 'production', NEXT_TELEMETRY_DISABLED: '1' })
  if (dev) process.env['CONSOLE_GALLERY'] ??= '1'
  const { default: next } = await import('next')
  const app = next({ dev, dir: root, port, hostname: '127.0.0.1', quiet: !dev })
  await app.prepare()
  const handle = app.getRequestHandler()
  return Object.assign((request: IncomingMessage, response: ServerResponse) => handle(request, response), {
    close: () => app.close(),
  })
}

/** Runs as a process of its own, configured by the environment alone; ends with 0 when asked to. */
async function runProcess(): Promise<void> {
  outliveReaders()
  try {
    const environment = readEnvironment()
    const server = await openConsole({ root: import.meta.dirname, environment })
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => void server.close().finally(() => process.exit(0)))
    await server.connect(environment.inCluster ? 'in-cluster' : 'default', clusterSettings())
    await server.serve()
    console.log(`console ${server.url}`)
  } catch (error) {
    console.error(error instanceof StartupError ? error.message : error)
    process.exit(1)
  }
}

if (import.meta.main) await runProcess()
