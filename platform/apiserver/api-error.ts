import type { JsonObject } from '#lib/kinds/object.ts'
import type { FieldError } from './field-error.ts'
import { messageOf } from './field-error.ts'

/** Group and plural name, as messages and details of a Status name them. */
export interface GroupResource {
  readonly group: string
  readonly plural: string
}

/** An error that a client gets as a `Status` object. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: number
  readonly reason: string
  readonly details: JsonObject | undefined
  /** A continue token that the client may go on with (expired lists). */
  readonly continueToken: string | undefined

  constructor(code: number, reason: string, message: string, details?: JsonObject, continueToken?: string) {
    super(message)
    this.code = code
    this.reason = reason
    this.details = details
    this.continueToken = continueToken
  }

  /** The body that the API server answers with. */
  toStatus(): JsonObject {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: this.continueToken === undefined ? {} : { continue: this.continueToken },
      status: 'Failure',
      message: this.message,
      ...(this.reason === '' ? {} : { reason: this.reason }),
      ...(this.details === undefined ? {} : { details: this.details }),
      code: this.code,
    }
  }
}

/** `plural.group`, or the plural alone for the core group. */
export function qualified({ group, plural }: GroupResource): string {
  return group === '' ? plural : `${plural}.${group}`
}

function detailsOf(resource: GroupResource, name: string): JsonObject {
  return {
    ...(name === '' ? {} : { name }),
    ...(resource.group === '' ? {} : { group: resource.group }),
    kind: resource.plural,
  }
}

export const notFound = (resource: GroupResource, name: string) =>
  new ApiError(404, 'NotFound', `${qualified(resource)} "${name}" not found`, detailsOf(resource, name))

/** The answer to a path that belongs to no resource. */
export const noSuchResource = () =>
  new ApiError(404, 'NotFound', 'the server could not find the requested resource', {})

export const alreadyExists = (resource: GroupResource, name: string) =>
  new ApiError(
    409,
    'AlreadyExists',
    `${qualified(resource)} "${name}" already exists`,
    detailsOf(resource, name),
  )

/** A write that lost against another one, or a precondition that does not hold. */
export const conflict = (
  resource: GroupResource,
  name: string,
  why = 'the object has been modified; please apply your changes to the latest version and try again',
) =>
  new ApiError(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualified(resource)} "${name}": ${why}`,
    detailsOf(resource, name),
  )

export const badRequest = (message: string) => new ApiError(400, 'BadRequest', message)

export const forbidden = (resource: GroupResource, name: string, why: string, causes?: JsonObject[]) =>
  new ApiError(403, 'Forbidden', `${qualified(resource)} "${name}" is forbidden: ${why}`, {
    ...detailsOf(resource, name),
    ...(causes === undefined ? {} : { causes }),
  })

export const methodNotAllowed = () =>
  new ApiError(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {})

/** What the server could not do, in the form of the real one. */
export const internalError = (why: string) =>
  new ApiError(500, 'InternalError', `Internal error occurred: ${why}`, { causes: [{ message: why }] })

/** A revision that has been compacted away. */
export const tooOld = (wanted: number, oldest: number) =>
  new ApiError(410, 'Expired', `too old resource version: ${wanted} (${oldest})`)

/** An object that breaks rules of its kind; `errors` is not empty. */
export function invalid(
  kind: { group: string; kind: string },
  name: string,
  errors: readonly FieldError[],
): ApiError {
  const unique = [...new Map(errors.map((error) => [messageOf(error), error])).values()]
  const texts = unique.map(messageOf)
  const text = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`
  const qualifiedKind = kind.group === '' ? kind.kind : `${kind.kind}.${kind.group}`
  return new ApiError(422, 'Invalid', `${qualifiedKind} "${name}" is invalid: ${text}`, {
    ...(name === '' ? {} : { name }),
    ...(kind.group === '' ? {} : { group: kind.group }),
    ...(kind.kind === '' ? {} : { kind: kind.kind }),
    causes: unique.map((error) => ({
      reason: error.reason,
      message: error.detail,
      field: error.field,
    })),
  })
}
