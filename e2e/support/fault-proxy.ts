import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Agent, createServer, request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { forwardRequest, sendStatus } from './forward-request.ts'

/** What becomes of the requests that a fault is for. */
export type FaultKind =
  /** No answer until the fault is lifted; then they go on. */
  | 'hold'
  /** The connection ends before anything is passed on. */
  | 'drop'
  /** Passed on and carried out; the connection ends in place of the answer. */
  | 'lose-reply'
  /** Refused as a busy API server refuses: 429, to be tried again after a second. */
  | 'too-many-requests'
  /** Refused as an API server refuses who lacks the right: 403. */
  | 'forbidden'

export interface Target {
  /** Any method unless given. */
  readonly method?: string
  /** Matches path and query. */
  readonly path: RegExp
}

export interface Fault {
  /** Requests that met it so far. */
  readonly hits: number
  /** Waits until that many requests have met it. */
  reached(hits: number): Promise<void>
  /** Requests are served again; those on hold go on. */
  lift(): void
}

export interface FaultProxy {
  /** The same contexts as the server's kubeconfig, through here. */
  readonly kubeconfig: string
  inject(kind: FaultKind, target: Target): Fault
  /** Ends all connections, as a network that breaks. */
  cut(): void
  close(): Promise<void>
}

interface ActiveFault extends Fault {
  readonly kind: FaultKind
  readonly target: Target
  meet(incoming: IncomingMessage, response: ServerResponse): void
}

/**
 * Stands between a client and an embedded API server, with that server's own certificate, and passes on all requests
 * but those that a fault is for.
 * @param kubeconfig of the server; its certificates are in `pki` beside it
 */
export async function startFaultProxy(kubeconfig: string): Promise<FaultProxy> {
  const folder = dirname(kubeconfig)
  const [ca, cert, key] = await Promise.all(
    ['ca.crt', 'server.crt', 'server.key'].map((name) => readFile(join(folder, 'pki', name))),
  )
  const text = await readFile(kubeconfig, 'utf8')
  const origin = /https:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0]
  if (origin === undefined) throw new Error(`${kubeconfig} names no server on 127.0.0.1`)
  const agent = new Agent({ keepAlive: true, ca })
  const { hostname, port } = new URL(origin)
  const upstream = { host: hostname, port, agent }
  const faults = new Set<ActiveFault>()
  const pass = (incoming: IncomingMessage, response: ServerResponse) =>
    forwardRequest(incoming, response, { ...upstream, path: incoming.url })
  const server = createServer({ cert, key }, (incoming, response) => {
    response.on('error', () => undefined)
    const { method = '', url = '' } = incoming
    const fault = [...faults].find(
      ({ target }) => (target.method ?? method) === method && target.path.test(url),
    )
    if (fault === undefined) pass(incoming, response)
    else fault.meet(incoming, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const proxied = join(folder, 'kubeconfig-with-faults')
  const address = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  await writeFile(proxied, text.replaceAll(origin, address), { mode: 0o600 })

  return {
    kubeconfig: proxied,
    inject(kind, target) {
      const fault = createFault(kind, target)
      faults.add(fault)
      return fault
    },
    cut: () => server.closeAllConnections(),
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      agent.destroy()
      await closed
    },
  }

  function createFault(kind: FaultKind, target: Target): ActiveFault {
    let hits = 0
    const waiting: { hits: number; go: () => void }[] = []
    const held: (() => void)[] = []
    const fault: ActiveFault = {
      kind,
      target,
      get hits() {
        return hits
      },
      reached: (wanted) =>
        hits >= wanted ? Promise.resolve() : new Promise((go) => waiting.push({ hits: wanted, go })),
      lift() {
        faults.delete(fault)
        for (const goOn of held.splice(0)) goOn()
      },
      meet(incoming, response) {
        hits += 1
        for (const one of waiting) if (hits >= one.hits) one.go()
        if (kind === 'drop') incoming.socket.destroy()
        else if (kind === 'lose-reply') loseReply(incoming)
        else if (kind === 'too-many-requests')
          sendStatus(response, 429, 'TooManyRequests', 'the server is busy', { 'retry-after': '1' })
        else if (kind === 'forbidden') sendStatus(response, 403, 'Forbidden', 'rights are missing')
        else held.push(() => void (response.destroyed || pass(incoming, response)))
      },
    }
    return fault
  }

  /** Cuts the connection once the server has answered in full: what was asked for has happened. */
  function loseReply(incoming: IncomingMessage): void {
    const { connection: _, ...headers } = incoming.headers
    const { method, url: path } = incoming
    const outgoing = request({ ...upstream, path, method, headers }, (answer) => {
      answer.resume().once('close', () => incoming.socket.destroy())
    })
    outgoing.on('error', () => incoming.socket.destroy())
    incoming.pipe(outgoing)
  }
}
