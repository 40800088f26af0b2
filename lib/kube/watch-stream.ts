import type { KubeObject, Resource } from '#lib/kinds/object.ts'
import { errorFromStatus } from './error-from-response.ts'
import type { HttpTransport } from './http-transport.ts'
import type { WatchEvent, WatchOptions } from './kube-client.ts'
import { KubeError, UnavailableError } from './kube-error.ts'
import { createLineSplitter } from './line-splitter.ts'
import { collectionPath } from './object-path.ts'
import { isNamed, isRecord, withType } from './parse-object.ts'

const MAX_LINE_BYTES = 8 * 1024 * 1024

/**
 * One watch request. Gives an empty batch when the stream is open, then the events of each chunk that arrives.
 * @throws ExpiredError and the other errors of a client; UnavailableError with reason `BadWatchEvent` for an event
 *   that can't be read, after the events before it were given out
 */
export async function* watchStream<T extends KubeObject>(
  transport: HttpTransport,
  resource: Resource<T>,
  options: WatchOptions,
): AsyncGenerator<readonly WatchEvent<T>[], void, undefined> {
  const { namespace, signal, timeoutMs, ...query } = options
  const body = await transport.stream({
    path: collectionPath(resource, namespace),
    query: {
      ...query,
      watch: true,
      allowWatchBookmarks: true,
      resourceVersionMatch: query.sendInitialEvents ? 'NotOlderThan' : undefined,
    },
    signal,
    timeoutMs,
  })
  const lines = createLineSplitter(MAX_LINE_BYTES)
  try {
    yield []
    for await (const chunk of body.chunks) {
      const batch: WatchEvent<T>[] = []
      try {
        for (const line of lines.push(chunk)) batch.push(parseEvent(line, resource))
      } catch (error) {
        if (batch.length > 0) yield batch
        throw error instanceof KubeError ? error : badEvent(resource)
      }
      if (batch.length > 0) yield batch
    }
    // Half a line at the end was cut off on the way; whoever resumes gets it again.
  } finally {
    body.close()
  }
}

function parseEvent<T extends KubeObject>(line: string, resource: Resource<T>): WatchEvent<T> {
  const event: unknown = JSON.parse(line)
  if (!isRecord(event)) throw new SyntaxError('not an event')
  const { type, object } = event
  if (type === 'ERROR') throw errorFromStatus(object)
  if (type === 'BOOKMARK' && isRecord(object)) return { type, object: withType(object, resource) }
  if ((type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED') && isNamed(object))
    return { type, object: withType(object, resource) }
  throw new SyntaxError('not an event')
}

function badEvent(resource: Resource): UnavailableError {
  return new UnavailableError(`the watch of ${resource.plural} sent an event that can't be read`, {
    code: 503,
    reason: 'BadWatchEvent',
  })
}
