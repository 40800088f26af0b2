import { createServer, type IncomingMessage, type Server } from 'node:http'
import { request as send } from 'node:https'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream'
import { parse, stringify } from 'yaml'
import { readTrust } from './kube-api.ts'

/** Stands before an API server and counts what is asked of it. */
export interface CountingGateway {
  /** A kubeconfig that leads through here, over plain HTTP. */
  readonly kubeconfig: string
  /** Watches that are open now. */
  readonly watches: number
  close(): Promise<void>
}

interface Kubeconfig {
  clusters: { cluster: Record<string, unknown> }[]
}

/** Starts one on a free port, for the current context of a kubeconfig. */
export async function startCountingGateway(kubeconfig: string): Promise<CountingGateway> {
  const { server: target, ca } = await readTrust(kubeconfig)
  let watches = 0
  const server = createServer((request, response) => {
    const { method, url = '/', headers } = request
    if (/[?&]watch=(?:true|1)/.test(url)) {
      watches += 1
      response.once('close', () => (watches -= 1))
    }
    const { host: _, ...rest } = headers
    const upstream = send(target + url, { method, headers: rest, ca }, (answer: IncomingMessage) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      response.flushHeaders()
      pipeline(answer, response, () => {})
    })
    upstream.on('error', () => response.destroy())
    response.once('close', () => upstream.destroy())
    pipeline(request, upstream, () => {})
  })
  const folder = await mkdtemp(join(tmpdir(), 'counting-'))
  const file = join(folder, 'kubeconfig')
  const config = parse(await readFile(kubeconfig, 'utf8')) as Kubeconfig
  const port = await listen(server)
  for (const entry of config.clusters) entry.cluster = { server: `http://127.0.0.1:${port}` }
  await writeFile(file, stringify(config))
  return {
    kubeconfig: file,
    get watches() {
      return watches
    },
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return (server.address() as AddressInfo).port
}
