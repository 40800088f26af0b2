import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { Agent, createServer, type RequestOptions } from 'node:https'
import type { AddressInfo } from 'node:net'
import { forwardRequest, sendStatus } from '#e2e/support/forward-request.ts'
import type { KubeCluster } from './cluster.ts'

const PATH = /^\/kubernetes\/([^/?]+)(\/.*)?$/

export interface KubeGateway {
  readonly port: number
  /** `https://127.0.0.1:<port>`: the first cluster; `/kubernetes/<cluster>` below it: each of them. */
  readonly url: string
  stop(): Promise<void>
}

/**
 * Plays the platform's gateway: one address below which every cluster is reached, with the caller's own credentials.
 * It serves the first cluster's certificate, whose CA is also the one of the kubeconfig then.
 */
export async function startGateway(clusters: readonly KubeCluster[], port = 0): Promise<KubeGateway> {
  const [first] = clusters
  if (first === undefined) throw new Error('a gateway without a cluster')
  const upstreams = new Map<string, RequestOptions>()
  for (const cluster of clusters) {
    const agent = new Agent({ keepAlive: true, ca: await readFile(cluster.cert) })
    upstreams.set(cluster.name, { host: '127.0.0.1', port: cluster.port, agent })
  }
  const server = createServer(
    { cert: await readFile(first.cert), key: await readFile(first.key) },
    (incoming, response) => {
      const [, name, path] = PATH.exec(incoming.url ?? '') ?? [null, first.name, incoming.url]
      const upstream = upstreams.get(name ?? '')
      if (upstream === undefined) return sendStatus(response, 404, 'NotFound', `no cluster ${name}`)
      forwardRequest(incoming, response, { ...upstream, path: path ?? '/' })
    },
  )
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const bound = (server.address() as AddressInfo).port
  return {
    port: bound,
    url: `https://127.0.0.1:${bound}`,
    async stop() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      for (const { agent } of upstreams.values()) (agent as Agent).destroy()
      await closed
    },
  }
}
