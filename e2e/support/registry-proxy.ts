import { once } from 'node:events'
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Transform } from 'node:stream'

/** What becomes of requests that a fault is for. */
export type RegistryFault =
  /** Nothing: lets a request go by before a fault that was injected after it. */
  | { kind: 'pass' }
  /** Refused with this status. */
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: string }
  /** The connection ends before anything is passed on. */
  | { kind: 'drop' }
  /** The connection ends once so many bytes of the request's body have been passed on. */
  | { kind: 'cut'; afterBytes: number }
  /** The connection ends once so many bytes of the answer's body have come back. */
  | { kind: 'cut-answer'; afterBytes: number }
  /** Passed on and carried out; the connection ends in place of the answer. */
  | { kind: 'lose-reply' }
  /** Passed on; the answer's `Location` is changed. */
  | { kind: 'relocate'; change: (location: string) => string }

interface ActiveFault {
  fault: RegistryFault
  method: string
  path: RegExp
  /** How often it still strikes. */
  left: number
}

export interface SeenRequest {
  method: string
  /** Path and query. */
  url: string
  authorization: string | undefined
  contentRange: string | undefined
}

export interface RegistryProxy {
  /** `127.0.0.1:<port>` */
  host: string
  /** Every request that came, in order. */
  seen: SeenRequest[]
  /** @param times how often it strikes; once unless given */
  inject(fault: RegistryFault, method: string, path: RegExp, times?: number): void
  stop(): Promise<void>
}

/** Stands in front of a registry without TLS and passes on all requests but those that a fault is for. */
export async function startRegistryProxy(upstream: string): Promise<RegistryProxy> {
  const faults: ActiveFault[] = []
  const seen: SeenRequest[] = []
  const server = createServer((incoming, response) => {
    const { method = '', url = '', headers } = incoming
    const contentRange = headers['content-range']
    seen.push({ method, url, authorization: headers.authorization, contentRange })
    response.on('error', () => undefined)
    const active = faults.find((one) => one.left > 0 && one.method === method && one.path.test(url))
    if (active !== undefined) active.left -= 1
    pass(upstream, incoming, response, active?.fault)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    inject: (fault, method, path, times = 1) => void faults.push({ fault, method, path, left: times }),
    async stop() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

function pass(
  upstream: string,
  incoming: IncomingMessage,
  response: ServerResponse,
  fault: RegistryFault | undefined,
): void {
  if (fault?.kind === 'drop') {
    incoming.socket.destroy()
    return
  }
  if (fault?.kind === 'status') {
    incoming.resume()
    response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers })
    response.end(fault.body ?? '{"errors":[{"code":"INJECTED","message":"by the test"}]}')
    return
  }
  const { connection: _, ...headers } = incoming.headers
  const { method, url: path } = incoming
  const outgoing = request(`http://${upstream}`, { path, method, headers }, (answer) => {
    if (fault?.kind === 'lose-reply') {
      answer.resume().once('close', () => void incoming.socket.destroy())
      return
    }
    const passed = { ...answer.headers }
    if (fault?.kind === 'relocate' && passed.location !== undefined)
      passed.location = fault.change(passed.location)
    response.writeHead(answer.statusCode ?? 502, passed)
    if (fault?.kind === 'cut-answer')
      answer.pipe(breakAfter(fault.afterBytes, () => void incoming.socket.destroy())).pipe(response)
    else answer.pipe(response)
  })
  outgoing.on('error', () => void incoming.socket.destroy())
  if (fault?.kind !== 'cut') {
    incoming.pipe(outgoing)
    return
  }
  const cutting = breakAfter(fault.afterBytes, () => {
    outgoing.destroy()
    incoming.socket.destroy()
  })
  incoming.pipe(cutting).pipe(outgoing)
}

/** Lets so many bytes through, then calls `end` and lets nothing more through. */
function breakAfter(bytes: number, end: () => void): Transform {
  let left = bytes
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const part = chunk.subarray(0, left)
      left -= part.length
      this.push(part)
      if (left > 0) return done()
      // What was passed on shall arrive before the connection breaks.
      setTimeout(end, 50)
    },
  })
}
