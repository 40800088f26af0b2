import type { ServerResponse } from 'node:http'
import { sendJson, sendStatus } from './fault-server.ts'
import type { SeenRequest } from './fault-server.ts'

interface SmallObject {
  metadata: { name: string; namespace?: string; labels?: Record<string, string> }
}

/** An API server with as many kinds as a test puts in: lists, gets and watches. Discovery is what it was told. */
export interface SmallApi {
  handle(request: SeenRequest, response: ServerResponse): void
  /** Answers a path as it is, such as discovery; undefined takes the answer away. */
  answer(path: string, body: object | undefined): void
  /** Serves a collection from now on, with these objects. */
  serve(collection: string, objects?: readonly SmallObject[]): void
  /** Serves it no more: lists say 404, watches end. */
  withdraw(collection: string): void
  forbid(path: string): void
  allow(path: string): void
  put(collection: string, object: SmallObject): void
  remove(collection: string, name: string, namespace?: string): void
}

interface Collection {
  objects: Map<string, object & SmallObject>
  watches: Set<{ response: ServerResponse; selector: string }>
}

export function createSmallApi(): SmallApi {
  const collections = new Map<string, Collection>()
  const answers = new Map<string, object>()
  const forbidden = new Set<string>()
  let version = 10

  function stored(object: SmallObject): object & SmallObject {
    version += 1
    return {
      ...object,
      metadata: Object.assign(
        { ...object.metadata },
        { uid: `uid-${version}`, resourceVersion: String(version) },
      ),
    }
  }

  function tell(collection: Collection, type: string, object: SmallObject): void {
    for (const { response, selector } of collection.watches)
      if (fits(object, selector)) response.write(`${JSON.stringify({ type, object })}\n`)
  }

  function list(collection: Collection, request: SeenRequest, response: ServerResponse): void {
    const selector = request.query.get('labelSelector') ?? ''
    if (request.query.get('watch') === 'true') {
      response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders()
      const watch = { response, selector }
      collection.watches.add(watch)
      response.on('close', () => collection.watches.delete(watch))
      return
    }
    const items = [...collection.objects.values()].filter((object) => fits(object, selector))
    sendJson(response, 200, { metadata: { resourceVersion: String(version) }, items })
  }

  return {
    handle(request, response) {
      const { path } = request
      const answer = answers.get(path)
      const collection = collections.get(path)
      if (forbidden.has(path)) return sendStatus(response, 403, 'Forbidden')
      if (answer !== undefined) return sendJson(response, 200, answer)
      if (collection !== undefined) return list(collection, request, response)
      const [, base, namespace, plural, name] =
        /^(\/api[^/]*\/.*?)\/namespaces\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(path) ?? []
      const object = collections.get(`${base}/${plural}`)?.objects.get(`${namespace}/${name}`)
      if (object !== undefined) return sendJson(response, 200, object)
      return sendStatus(response, 404, 'NotFound')
    },
    answer(path, body) {
      if (body === undefined) answers.delete(path)
      else answers.set(path, body)
    },
    serve(path, objects = []) {
      collections.set(path, {
        objects: new Map(objects.map((object) => [keyOf(object), stored(object)])),
        watches: new Set(),
      })
    },
    withdraw(path) {
      for (const { response } of collections.get(path)?.watches ?? []) response.end()
      collections.delete(path)
    },
    forbid: (path) => void forbidden.add(path),
    allow: (path) => void forbidden.delete(path),
    put(path, object) {
      const collection = collections.get(path)
      if (collection === undefined) throw new Error(`${path} is not served`)
      const isKnown = collection.objects.has(keyOf(object))
      const next = stored(object)
      collection.objects.set(keyOf(object), next)
      tell(collection, isKnown ? 'MODIFIED' : 'ADDED', next)
    },
    remove(path, name, namespace) {
      const collection = collections.get(path)
      const key = keyOf({ metadata: { name, ...(namespace === undefined ? {} : { namespace }) } })
      const object = collection?.objects.get(key)
      if (collection === undefined || object === undefined) throw new Error(`${path} has no ${key}`)
      collection.objects.delete(key)
      tell(collection, 'DELETED', stored(object))
    },
  }
}

function keyOf({ metadata: { name, namespace } }: SmallObject): string {
  return namespace === undefined ? name : `${namespace}/${name}`
}

/** A selector here asks for one label's presence. */
function fits({ metadata: { labels = {} } }: SmallObject, selector: string): boolean {
  return selector === '' || Object.hasOwn(labels, selector)
}
