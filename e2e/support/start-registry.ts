import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Agent, request } from 'undici'
import { stringify } from 'yaml'
import { binary } from './binaries.ts'
import { makeTestCertificate } from './test-certificate.ts'

const run = promisify(execFile)
const START_MS = 15_000

export interface RegistryOptions {
  /** HTTPS with a certificate of its own; true unless given. */
  tls?: boolean
  /** Who may use it; everybody unless given. */
  user?: { name: string; password: string }
  /** Further keys of the registry's configuration, such as `auth: {token: …}`. */
  config?: Readonly<Record<string, unknown>>
  /** Instead of any free one. */
  port?: number
}

export interface RunningRegistry {
  /** `127.0.0.1:<port>` */
  host: string
  /** PEM of the authority behind its certificate; null without TLS. */
  ca: string | null
  /** Folder with `ca.crt`, as skopeo's `--cert-dir` wants it. */
  certDir: string
  /** Where it keeps its files. */
  storage: string
  stop(): Promise<void>
}

/**
 * Starts Debian's `docker-registry` on 127.0.0.1, in a folder of its own that goes when it stops.
 * @throws Error when the program is missing or does not come up
 */
export async function startRegistry(options: RegistryOptions = {}): Promise<RunningRegistry> {
  const program = binary('docker-registry')
  const dir = await mkdtemp(join(tmpdir(), 'registry-'))
  const certDir = join(dir, 'certificates')
  const storage = join(dir, 'storage')
  await mkdir(certDir)
  const port = options.port ?? (await freePort())
  const host = `127.0.0.1:${port}`
  const certificate = options.tls === false ? null : await makeTestCertificate()
  const http: Record<string, unknown> = { addr: host, secret: 'of the tests' }
  if (certificate !== null) {
    const [cert, key] = [join(dir, 'server.crt'), join(dir, 'server.key')]
    await writeFile(cert, certificate.cert)
    await writeFile(key, certificate.key, { mode: 0o600 })
    await writeFile(join(certDir, 'ca.crt'), certificate.ca)
    http['tls'] = { certificate: cert, key }
  }
  const config: Record<string, unknown> = {
    version: 0.1,
    log: { level: 'error', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: storage } },
    http,
    ...options.config,
  }
  if (options.user !== undefined) {
    const { name, password } = options.user
    const { stdout } = await run(binary('htpasswd'), ['-nbB', '-C', '4', name, password])
    await writeFile(join(dir, 'htpasswd'), stdout)
    config['auth'] = { htpasswd: { realm: 'tests', path: join(dir, 'htpasswd') } }
  }
  await writeFile(join(dir, 'config.yml'), stringify(config))
  const child = spawn(program, ['serve', join(dir, 'config.yml')], { stdio: ['ignore', 'ignore', 'pipe'] })
  let log = ''
  child.stderr.on('data', (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-10_000)
  })
  const exited = once(child, 'exit')
  const stop = async () => {
    child.kill('SIGKILL')
    await exited
    await rm(dir, { recursive: true, force: true, maxRetries: 3 })
  }
  try {
    await untilUp(
      `${certificate === null ? 'http' : 'https'}://${host}/v2/`,
      certificate?.ca,
      () => child.exitCode,
    )
  } catch (error) {
    await stop()
    throw new Error(`docker-registry did not start: ${log}`, { cause: error })
  }
  return { host, ca: certificate?.ca ?? null, certDir, storage, stop }
}

async function untilUp(url: string, ca: string | undefined, exitCode: () => number | null): Promise<void> {
  const dispatcher = new Agent({ connect: ca === undefined ? {} : { ca } })
  try {
    for (const until = performance.now() + START_MS; performance.now() < until; await delay(50)) {
      if (exitCode() !== null) throw new Error(`it ended with ${exitCode()}`)
      const answer = await request(url, { dispatcher }).catch(() => undefined)
      await answer?.body.dump()
      if (answer?.statusCode === 200 || answer?.statusCode === 401) return
    }
    throw new Error(`no answer within ${START_MS / 1000} s`)
  } finally {
    await dispatcher.destroy()
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
