import { apiPath } from '#lib/kinds/object.ts'
import type { Resource } from '#lib/kinds/object.ts'
import { BadRequestError } from './kube-error.ts'

const DNS_1123_SUBDOMAIN = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/

/** Whether a stranger's text may name an object, and so become a segment of a path (RFC 1123 subdomain). */
export function isDnsName(text: string): boolean {
  return DNS_1123_SUBDOMAIN.test(text)
}

/**
 * The path of an object, or of the collection when `name` is left out.
 * @throws BadRequestError for a name or namespace that would lead somewhere else (`..`, `/`, empty), or a missing namespace
 */
export function pathOf(
  resource: Resource,
  name: string | undefined,
  options: { namespace?: string; subresource?: string },
): string {
  const { namespace, subresource } = options
  if (resource.namespaced && namespace === undefined) throw bad(`${resource.kind} needs a namespace`)
  for (const segment of [name, namespace])
    if (segment !== undefined && !isSegment(segment)) throw bad('this is not the name of an object')
  return apiPath(resource, {
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
    ...(subresource === undefined ? {} : { subresource }),
  })
}

/**
 * The path of a collection; of all namespaces when `namespace` is left out.
 * @throws BadRequestError for a namespace that would lead somewhere else
 */
export function collectionPath(resource: Resource, namespace?: string): string {
  if (namespace === undefined) return apiPath(resource)
  if (!isSegment(namespace)) throw bad('this is not the name of a namespace')
  return apiPath(resource, { namespace })
}

/** Whether `path` is absolute and leads nowhere else. */
export function isUsablePath(path: string): boolean {
  return (
    /^\/[\w\-.~/]*$/.test(path) && !path.split('/').some((segment) => segment === '.' || segment === '..')
  )
}

/** What the API server allows of a path segment: anything but `.`, `..`, and texts with `/` or `%`. */
function isSegment(text: string): boolean {
  return text !== '' && text !== '.' && text !== '..' && !/[/%\p{Cc}]/u.test(text)
}

function bad(message: string): BadRequestError {
  return new BadRequestError(message, { code: 400, reason: 'BadRequest' })
}
