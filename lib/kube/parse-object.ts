import { apiVersionOf } from '#lib/kinds/object.ts'
import type { KubeObject, Resource } from '#lib/kinds/object.ts'
import type { ListResult } from './kube-client.ts'
import { UnavailableError } from './kube-error.ts'

/**
 * An answer that should be one object. Reviews (SelfSubjectReview and its kin) have no name, so none is asked for.
 * @throws UnavailableError when it isn't an object
 */
export function parseObject<T extends KubeObject>(answer: unknown, resource: Resource<T>): T {
  if (!isRecord(answer)) throw notKubernetes(resource)
  if (!isRecord(answer['metadata'])) answer['metadata'] = {}
  return withType<T>(answer, resource)
}

/**
 * An answer that should be a list. Items of built-in kinds come without kind and apiVersion and get them here;
 * an item without a name, or of another kind, can't be addressed and is left out.
 * @throws UnavailableError when it isn't a list
 */
export function parseList<T extends KubeObject>(answer: unknown, resource: Resource<T>): ListResult<T> {
  if (!isRecord(answer) || !('items' in answer)) throw notKubernetes(resource)
  const { kind, metadata } = answer
  const items = answer['items'] ?? []
  // Definitions may name their list's kind as they like.
  const isList = kind === undefined || (typeof kind === 'string' && kind.endsWith('List'))
  if (!Array.isArray(items) || !isRecord(metadata) || !isList) throw notKubernetes(resource)
  const next = metadata['continue']
  return {
    items: items
      .filter(isNamed)
      .filter((item) => isOfKind(item, resource))
      .map((item) => withType<T>(item, resource)),
    resourceVersion: typeof metadata['resourceVersion'] === 'string' ? metadata['resourceVersion'] : '',
    ...(typeof next === 'string' && next !== '' ? { continue: next } : {}),
  }
}

/** Whether this has what every stored object has: metadata with a name. */
export function isNamed(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && isRecord(value['metadata']) && typeof value['metadata']['name'] === 'string'
}

/** Whether this is of the kind, or doesn't say what it is. */
export function isOfKind(object: Record<string, unknown>, resource: Resource): boolean {
  const { kind, apiVersion } = object
  return (
    (kind === undefined || kind === resource.kind) &&
    (apiVersion === undefined || apiVersion === apiVersionOf(resource))
  )
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A stranger's object as one of this kind, kind and apiVersion filled in where they are missing. */
export function withType<T extends KubeObject>(object: Record<string, unknown>, resource: Resource<T>): T {
  object['apiVersion'] ??= apiVersionOf(resource)
  object['kind'] ??= resource.kind
  return object as unknown as T
}

function notKubernetes(resource: Resource): UnavailableError {
  return new UnavailableError(`the answer is not what Kubernetes says about ${resource.plural}`, {
    code: 503,
    reason: 'BadAnswer',
  })
}
