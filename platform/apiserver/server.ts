import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { applyCrds } from './apply-crds.ts'
import { ensureCertificates } from './certificates.ts'
import { Cluster } from './cluster.ts'
import { requestHandler } from './http/request-handler.ts'
import { kubeconfigText } from './kubeconfig.ts'
import { startLifecycle } from './lifecycle/lifecycle.ts'
import { SqliteStore } from './storage/sqlite-store.ts'
import { WatchHub } from './watch/watch-hub.ts'
import { writePrivate } from './write-private.ts'

export interface ApiServerOptions {
  /** Folder of the database, the certificates, the token and the kubeconfig; made when missing. */
  dataDir: string
  /** Address to listen on; 127.0.0.1 by default. */
  host?: string
  /** A free one by default. */
  port?: number
  /** Names; the first one is the global cluster, served at the root, too. */
  clusters: readonly string[]
  /** Folder of the CustomResourceDefinitions to have in the clusters. */
  crdDir: string
  log?: (line: string) => void
  /** How many revisions back watches and continued lists may start. */
  historyLimit?: number
}

export interface ApiServer {
  url: string
  port: number
  token: string
  caPem: string
  kubeconfigPath: string
  close(): Promise<void>
}

const HISTORY_LIMIT = 20_000

/** Starts the embedded Kubernetes API server: several clusters, one process, one database file. */
export async function startApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const { dataDir, host = '127.0.0.1', port = 0, clusters: names, log = () => {} } = options
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const hosts = [...new Set(['127.0.0.1', 'localhost', host])]
  const certificates = await ensureCertificates(join(dataDir, 'pki'), hosts)
  const store = new SqliteStore(join(dataDir, 'platform.db'), options.historyLimit ?? HISTORY_LIMIT)
  const isNew = store.revision === 1
  const token = rememberedToken(store)
  const hub = new WatchHub()
  const clusters = new Map(names.map((name) => [name, new Cluster(name, store, hub)]))
  const lifecycle = startLifecycle(store, hub, clusters, log)
  await applyCrds([...clusters.values()], options.crdDir)
  await lifecycle.settled()
  // As on a real server, nobody can go back to before it was ready for the first time.
  if (isNew) store.forgetHistory()

  const handler = requestHandler({ clusters, token, log })
  const server = createServer({ key: certificates.keyPem, cert: certificates.certPem }, handler)
  server.requestTimeout = 0
  server.keepAliveTimeout = 75_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  }).catch((error: unknown) => {
    store.close()
    throw error
  })
  const address = server.address() as AddressInfo
  const url = `https://${host.includes(':') ? `[${host}]` : host}:${address.port}`
  const kubeconfigPath = join(dataDir, 'kubeconfig')
  await writePrivate(kubeconfigPath, kubeconfigText(url, names, token, certificates.caPem))

  return {
    url,
    port: address.port,
    token,
    caPem: certificates.caPem,
    kubeconfigPath,
    async close() {
      hub.close()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      const impatient = setTimeout(() => server.closeAllConnections(), 500)
      await closed
      clearTimeout(impatient)
      await lifecycle.stop()
      store.close()
    },
  }
}

/** The same token for as long as the data lives. */
function rememberedToken(store: SqliteStore): string {
  const known = store.fact('token')
  if (known !== undefined) return known
  const token = randomBytes(24).toString('base64url')
  store.setFact('token', token)
  return token
}
