import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ResumingRegistry {
  host: string
  /** Blobs by digest. */
  blobs: Map<string, Buffer>
  /** First byte of each chunk that began to arrive. */
  starts: number[]
  /** Connections end when so many bytes of a chunk have arrived, one number for each chunk from now on. */
  cuts: number[]
  stop(): Promise<void>
}

/**
 * The uploads of the distribution API (OCI 1.1), to the letter, keeping every byte of a torn chunk: what Docker's own
 * registry does not, so that going on in the middle can't be tried with it.
 */
export async function startResumingRegistry(): Promise<ResumingRegistry> {
  const uploads = new Map<string, Buffer>()
  const blobs = new Map<string, Buffer>()
  const starts: number[] = []
  const cuts: number[] = []

  async function patch(id: string, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const held = uploads.get(id) ?? Buffer.alloc(0)
    const range = /^(\d+)-(\d+)$/.exec(incoming.headers['content-range'] ?? '')
    if (range === null || Number(range[1]) !== held.length) {
      incoming.resume()
      return void response.writeHead(416, progress(id, held)).end()
    }
    starts.push(held.length)
    const cut = cuts.shift() ?? Infinity
    let now = held
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      now = Buffer.concat([now, chunk]).subarray(0, held.length + cut)
      uploads.set(id, now)
      if (now.length - held.length >= cut) return void incoming.socket.destroy()
    }
    if (now.length !== Number(range[2]) + 1) return void response.writeHead(400).end()
    response.writeHead(202, progress(id, now)).end()
  }

  const server = createServer((incoming, response) => {
    void answer(incoming, response).catch(() => response.destroy())
  })
  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '', 'http://registry')
    const [, id = ''] = /\/blobs\/uploads\/([^/]*)$/.exec(url.pathname) ?? []
    const [, blob = ''] = /\/blobs\/(sha256:[0-9a-f]{64})$/.exec(url.pathname) ?? []
    if (incoming.method === 'HEAD') return void response.writeHead(blobs.has(blob) ? 200 : 404).end()
    if (incoming.method === 'POST') {
      const made = randomUUID()
      uploads.set(made, Buffer.alloc(0))
      return void response.writeHead(202, { location: `/v2/a/blobs/uploads/${made}` }).end()
    }
    const held = uploads.get(id)
    if (held === undefined) return void response.writeHead(404).end()
    if (incoming.method === 'GET') return void response.writeHead(204, progress(id, held)).end()
    if (incoming.method === 'PATCH') return patch(id, incoming, response)
    const parts: Buffer[] = [held]
    for await (const chunk of incoming as AsyncIterable<Buffer>) parts.push(chunk)
    const whole = Buffer.concat(parts)
    const digest = `sha256:${createHash('sha256').update(whole).digest('hex')}`
    if (digest !== url.searchParams.get('digest')) return void response.writeHead(400).end()
    uploads.delete(id)
    blobs.set(digest, whole)
    response.writeHead(201, { location: `/v2/a/blobs/${digest}` }).end()
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    blobs,
    starts,
    cuts,
    async stop() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

function progress(id: string, held: Buffer): Record<string, string> {
  return { location: `/v2/a/blobs/uploads/${id}`, range: `0-${Math.max(0, held.length - 1)}` }
}
