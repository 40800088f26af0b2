import type { Answer, Body, Cause, Target } from './target.ts'

export const APPLY = 'application/apply-patch+yaml'
export const MERGE = { type: 'application/merge-patch+json' }

/** A set of fields in its FieldsV1 form. */
export interface Fields {
  [step: string]: Fields
}

/** An entry of an object's managedFields. */
export interface Entry {
  manager?: string
  operation: string
  apiVersion: string
  time?: string
  fieldsType: string
  fieldsV1: Fields
  subresource?: string
}

/** The managedFields of an object, as they came. */
export function entriesOf(body: Body): Entry[] {
  return (body.metadata as { managedFields?: Entry[] } | undefined)?.managedFields ?? []
}

/** Who owns what: fields by `manager Operation subresource`. */
export function ownersOf(body: Body): Record<string, Fields> {
  return Object.fromEntries(
    entriesOf(body).map(({ manager, operation, subresource, fieldsV1 }) => [
      [manager, operation, subresource].filter((part) => part !== undefined).join(' '),
      fieldsV1,
    ]),
  )
}

/** Members of a set that are all leaves: `leaves('f:a', 'f:b')`. */
export const leaves = (...steps: string[]): Fields => Object.fromEntries(steps.map((step) => [step, {}]))

/** Applies a configuration; `query` is added to the field manager, `path` may lead to a subresource. */
export function applyAs(
  target: Target,
  path: string,
  manager: string,
  config: unknown,
  query = '',
): Promise<Answer> {
  const more = query === '' ? '' : `&${query}`
  return target.call('PATCH', `${path}?fieldManager=${manager}${more}`, config, { type: APPLY })
}

/** A ConfigMap, for every verb. */
export const configMap = (name: string, data?: unknown, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, ...metadata },
  ...(data === undefined ? {} : { data }),
})

/** What a Status says is wrong, by field. */
export const causesOf = (body: Body): Cause[] =>
  (body.details?.causes ?? []).toSorted((a, b) => (a.field < b.field ? -1 : 1))
