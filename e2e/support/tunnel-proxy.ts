import { once } from 'node:events'
import { createServer, request } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'

/** A proxy as companies have them. Every name leads to this machine, so that what arrives can only have come through it. */
export interface TunnelProxy {
  /** `127.0.0.1:<port>` */
  host: string
  /** `host:port` of everything that was asked for, in order. */
  asked: string[]
  stop(): Promise<void>
}

/** @param user who may use it, as `name:password`; everybody unless given */
export async function startTunnelProxy(user?: string): Promise<TunnelProxy> {
  const asked: string[] = []
  const sockets = new Set<Socket>()
  const wanted = user === undefined ? undefined : `Basic ${Buffer.from(user).toString('base64')}`
  const isKnown = (authorization: string | undefined) => wanted === undefined || authorization === wanted
  const server = createServer((incoming, response) => {
    const { host, port, pathname, search } = new URL(incoming.url ?? '')
    asked.push(host)
    if (!isKnown(incoming.headers['proxy-authorization'])) {
      response.writeHead(407).end()
      return
    }
    const { method = 'GET', headers } = incoming
    const onward = request(
      { host: '127.0.0.1', port, path: pathname + search, method, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      },
    )
    onward.on('error', () => response.destroy())
    incoming.pipe(onward)
  })
  server.on('connection', (socket) => sockets.add(socket))
  server.on('connect', (incoming, client) => {
    const address = incoming.url ?? ''
    asked.push(address)
    client.on('error', () => undefined)
    if (!isKnown(incoming.headers['proxy-authorization'])) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
      return
    }
    const upstream = connect(Number(/:(\d+)$/.exec(address)?.[1]), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      upstream.pipe(client).pipe(upstream)
    })
    upstream.on('error', () => client.destroy())
    client.on('close', () => upstream.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async stop() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
