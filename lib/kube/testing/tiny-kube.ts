import type { ServerResponse } from 'node:http'
import type { ConfigMap } from '#lib/kinds/core.ts'
import { sendJson, sendStatus, statusOf } from './fault-server.ts'
import type { SeenRequest } from './fault-server.ts'

interface History {
  version: number
  type: 'ADDED' | 'MODIFIED' | 'DELETED'
  object: ConfigMap
}

/** One kind of one API server: lists in pages, watches from a version, forgets history when told to. */
export interface TinyKube {
  handle(request: SeenRequest, response: ServerResponse): void
  /** Creates or changes an object. */
  put(name: string, data?: Record<string, string>): ConfigMap
  remove(name: string): void
  /** Forgets what happened so far: versions and continue tokens before now are expired. */
  compact(): void
  bookmark(): void
  /** Ends all watches as a server does when their time is up. */
  endWatches(): void
  /** Tells the open watches nothing more, as when their connections died on the way. */
  loseWatches(): void
  /** Writes raw bytes into every open watch. */
  writeToWatches(bytes: string | Uint8Array): void
  readonly watches: number
  /** The open watches. */
  responses(): ServerResponse[]
  readonly version: number
  objects(): ConfigMap[]
}

/** @param streams what becomes of the wish for a streamed list: old servers refuse it, strange ones ignore it */
export function createTinyKube(streams: 'served' | 'refused' | 'ignored' = 'refused'): TinyKube {
  const objects = new Map<string, ConfigMap>()
  const history: History[] = []
  const watches = new Set<ServerResponse>()
  let version = 1
  let oldest = 1

  function record(type: History['type'], object: ConfigMap): void {
    history.push({ version, type, object })
    for (const watch of watches) watch.write(`${JSON.stringify({ type, object })}\n`)
  }

  function put(name: string, data: Record<string, string> = {}): ConfigMap {
    version += 1
    const known = objects.get(name)
    const object: ConfigMap = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: Object.assign(
        {
          name,
          namespace: 'default',
          uid: known?.metadata.uid ?? `uid-${version}`,
          resourceVersion: String(version),
        },
        { managedFields: [{ manager: 'test' }] },
      ),
      data,
    }
    objects.set(name, object)
    record(known ? 'MODIFIED' : 'ADDED', object)
    return object
  }

  function bookmarkLine(annotations?: Record<string, string>): string {
    const metadata = { resourceVersion: String(version), ...(annotations ? { annotations } : {}) }
    return `${JSON.stringify({ type: 'BOOKMARK', object: { kind: 'ConfigMap', apiVersion: 'v1', metadata } })}\n`
  }

  function list(request: SeenRequest, response: ServerResponse): void {
    const limit = Number(request.query.get('limit') ?? '0') || Infinity
    const [at = version, from = 0] = (request.query.get('continue') ?? '')
      .split(':')
      .filter(Boolean)
      .map(Number)
    if (at < oldest) {
      sendStatus(response, 410, 'Expired')
      return
    }
    const all = [...objects.values()]
    const items = all.slice(from, from + limit).map(({ apiVersion: _a, kind: _k, ...item }) => item)
    const rest = all.length - from - items.length
    const next = rest > 0 ? { continue: `${at}:${from + limit}` } : {}
    sendJson(response, 200, {
      kind: 'ConfigMapList',
      metadata: { resourceVersion: String(at), ...next },
      items,
    })
  }

  function watch(request: SeenRequest, response: ServerResponse): void {
    const wanted = request.query.get('resourceVersion')
    if (wanted === null && streams === 'refused') {
      sendStatus(response, 422, 'Invalid')
      return
    }
    const from = Number(wanted ?? version)
    if (from > version) {
      sendStatus(response, 504, 'Timeout', { message: 'Too large resource version' })
      return
    }
    response.writeHead(200, { 'content-type': 'application/json' })
    response.flushHeaders()
    if (from < oldest) {
      response.end(`${JSON.stringify({ type: 'ERROR', object: statusOf(410, 'Expired') })}\n`)
      return
    }
    if (wanted === null) {
      for (const object of objects.values()) response.write(`${JSON.stringify({ type: 'ADDED', object })}\n`)
      if (streams === 'served') response.write(bookmarkLine({ 'k8s.io/initial-events-end': 'true' }))
    }
    for (const { version, type, object } of history)
      if (version > from) response.write(`${JSON.stringify({ type, object })}\n`)
    watches.add(response)
    response.on('close', () => watches.delete(response))
  }

  return {
    handle(request, response) {
      if (request.query.get('watch') === 'true') watch(request, response)
      else list(request, response)
    },
    put,
    remove(name) {
      const known = objects.get(name)
      if (known === undefined) return
      version += 1
      objects.delete(name)
      record('DELETED', { ...known, metadata: { ...known.metadata, resourceVersion: String(version) } })
    },
    compact() {
      version += 1
      oldest = version
      history.length = 0
    },
    bookmark() {
      version += 1
      for (const watch of watches) watch.write(bookmarkLine())
    },
    endWatches() {
      for (const watch of watches) watch.end()
      watches.clear()
    },
    loseWatches: () => watches.clear(),
    writeToWatches(bytes) {
      for (const watch of watches) watch.write(bytes)
    },
    get watches() {
      return watches.size
    },
    responses: () => [...watches],
    get version() {
      return version
    },
    objects: () => [...objects.values()],
  }
}
