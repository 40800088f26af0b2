import type { KubeObject, Resource } from '#lib/kinds/object.ts'
import { errorFromStatus } from './error-from-response.ts'
import type { HttpTransport } from './http-transport.ts'
import type { WatchEvent, WatchOptions } from './kube-client.ts'
import { KubeError, UnavailableError } from './kube-error.ts'
import { LineTooLongError, createLineSplitter } from './line-splitter.ts'
import { collectionPath } from './object-path.ts'
import { isNamed, isOfKind, isRecord, withType } from './parse-object.ts'

const MAX_EVENT_BYTES = 32 * 1024 * 1024

/**
 * One watch request. Gives an empty batch when the stream is open, then the events of each chunk that arrives.
 * @throws ExpiredError and the other errors of a client; UnavailableError with reason `BadWatchEvent` for an event
 *   that can't be read, after the events before it were given out
 */
export async function* watchStream<T extends KubeObject>(
  transport: HttpTransport,
  resource: Resource<T>,
  options: WatchOptions<T>,
  maxEventBytes = MAX_EVENT_BYTES,
): AsyncGenerator<readonly WatchEvent<T>[], void, undefined> {
  const { namespace, signal, timeoutMs, map, ...query } = options
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
  const lines = createLineSplitter(maxEventBytes)
  try {
    yield []
    for await (const chunk of body.chunks) {
      const batch: WatchEvent<T>[] = []
      try {
        for (const line of lines.push(chunk)) batch.push(parseEvent(line, resource, map))
      } catch (error) {
        if (batch.length > 0) yield batch
        throw error instanceof KubeError ? error : badEvent(resource, error)
      }
      if (batch.length > 0) yield batch
    }
    // Half a line at the end was cut off on the way; whoever resumes gets it again.
  } finally {
    body.close()
  }
}

function parseEvent<T extends KubeObject>(
  line: string,
  resource: Resource<T>,
  map: ((object: T) => T) | undefined,
): WatchEvent<T> {
  const event: unknown = JSON.parse(line)
  if (!isRecord(event)) throw new SyntaxError('not an event')
  const { type, object } = event
  if (type === 'ERROR') throw errorFromStatus(object)
  if (!isRecord(object) || !isOfKind(object, resource)) throw new WrongKindError()
  if (type === 'BOOKMARK' && isRecord(object['metadata'])) return { type, object: withType(object, resource) }
  if ((type !== 'ADDED' && type !== 'MODIFIED' && type !== 'DELETED') || !isNamed(object))
    throw new SyntaxError('not an event')
  const typed = withType(object, resource)
  return { type, object: map === undefined ? typed : map(typed) }
}

class WrongKindError extends Error {}

function badEvent(resource: Resource, error: unknown): UnavailableError {
  const what =
    error instanceof LineTooLongError
      ? 'an event that is too large'
      : error instanceof WrongKindError
        ? 'an event about another kind'
        : "an event that can't be read"
  return new UnavailableError(`the watch of ${resource.plural} sent ${what}`, {
    code: 503,
    reason: 'BadWatchEvent',
  })
}
