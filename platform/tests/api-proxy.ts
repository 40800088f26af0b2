import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { Agent, request as send } from 'node:https'
import type { AddressInfo } from 'node:net'
import { stringify } from 'yaml'
import { readServerAccess } from './kubeconfig-file.ts'

/** A write that reached the API server. */
export interface SeenWrite {
  readonly method: string
  readonly path: string
  /** The status that it was answered with. */
  readonly status: number
}

/** What becomes of a request: nothing ever comes back, or it is carried out and the connection breaks. */
export type Fault = 'hang' | 'lose-reply' | undefined

/** Stands between one process and the API server: records its writes, and breaks what a test wants broken. */
export class ApiProxy {
  readonly writes: SeenWrite[] = []
  /** Every request, `METHOD path?query`. */
  readonly requests = new Set<string>()
  /** Asked about each request, with the path below the server's address. */
  fault: (method: string, path: string) => Fault = () => undefined
  readonly kubeconfigPath: string
  private readonly server: Server
  private readonly agent: Agent
  /** The most writes that hung at the same time; caches read and probe beside them. */
  mostHangingWrites = 0
  private readonly hanging = new Set<ServerResponse>()
  private readonly hangingWrites = new Set<ServerResponse>()

  private constructor(server: Server, agent: Agent, kubeconfigPath: string) {
    this.server = server
    this.agent = agent
    this.kubeconfigPath = kubeconfigPath
  }

  /**
   * @param kubeconfigPath of the API server; the proxy's own is written beside it, under this name
   * @param as a token to send instead of the kubeconfig's
   */
  static async start(kubeconfigPath: string, name: string, as?: string): Promise<ApiProxy> {
    const access = await readServerAccess(kubeconfigPath)
    const { server: target, ca } = access
    const token = as ?? access.token
    const agent = new Agent({ keepAlive: true, ca })
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const own = `${kubeconfigPath}-${name}`
    const address = `http://127.0.0.1:${port}`
    const text = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'global', cluster: { server: address } }],
      contexts: [{ name: 'global', context: { cluster: 'global', user: 'test' } }],
      users: [{ name: 'test', user: { token } }],
      'current-context': 'global',
    }
    await writeFile(own, stringify(text))
    const proxy = new ApiProxy(server, agent, own)
    // The client sends its token over TLS only; what comes here in the clear gets it on the way.
    server.on('request', (request, response) => proxy.forward(request, response, target, token))
    return proxy
  }

  /** The writes to everything but the lease. */
  get work(): SeenWrite[] {
    return this.writes.filter(({ path }) => !path.includes('/leases'))
  }

  async close(): Promise<void> {
    for (const response of this.hanging) response.destroy()
    this.server.closeAllConnections()
    this.agent.destroy()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private forward(request: IncomingMessage, response: ServerResponse, target: URL, token: string): void {
    const { method = 'GET', url: path = '/' } = request
    const fault = this.fault(method, path)
    this.requests.add(`${method} ${path}`)
    if (fault === 'hang') {
      request.resume()
      this.hanging.add(response)
      if (method === 'GET') return
      this.hangingWrites.add(response)
      response.on('close', () => this.hangingWrites.delete(response))
      this.mostHangingWrites = Math.max(this.mostHangingWrites, this.hangingWrites.size)
      return
    }
    const { host: _, ...headers } = request.headers
    const outgoing = send(
      {
        agent: this.agent,
        host: target.hostname,
        port: target.port,
        method,
        path,
        headers: { ...headers, authorization: `Bearer ${token}` },
      },
      (answer) => {
        const status = answer.statusCode ?? 0
        // A review asks something; it is a POST in form only.
        if (method !== 'GET' && !path.includes('reviews')) this.writes.push({ method, path, status })
        if (fault === 'lose-reply') {
          answer.resume().once('end', () => response.destroy())
          return
        }
        response.writeHead(status, answer.headers)
        answer.pipe(response)
      },
    )
    outgoing.on('error', () => response.destroy())
    response.on('close', () => outgoing.destroy())
    request.pipe(outgoing)
  }
}
