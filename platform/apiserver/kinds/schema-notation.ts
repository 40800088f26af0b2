import type { Json, JsonObject } from '#lib/kinds/object.ts'

/** Short notation for the schemas of the built-in kinds. */
export const text: JsonObject = { type: 'string' }
export const time: JsonObject = { type: 'string', format: 'date-time' }
/** Go's MicroTime: six decimals, no more and no fewer. */
export const microTime: JsonObject = { type: 'string', format: 'micro-time' }
export const integer: JsonObject = { type: 'integer' }
export const flag: JsonObject = { type: 'boolean' }
/** An object or a value that is kept as it is. */
export const anything: JsonObject = { 'x-kubernetes-preserve-unknown-fields': true }
export const anyObject: JsonObject = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }
export const quantity: JsonObject = { 'x-kubernetes-int-or-string': true }

export const object = (properties: Record<string, JsonObject>): JsonObject => ({ type: 'object', properties })
/** An object that keeps fields nobody named here. */
export const openObject = (properties: Record<string, JsonObject>): JsonObject => ({
  ...object(properties),
  'x-kubernetes-preserve-unknown-fields': true,
})
export const mapOf = (values: JsonObject): JsonObject => ({ type: 'object', additionalProperties: values })
export const listOf = (items: JsonObject): JsonObject => ({ type: 'array', items })
/** A list whose items are told apart by these fields when it is merged. */
export const keyedList = (keys: readonly string[], items: JsonObject): JsonObject => ({
  ...listOf({ ...items, properties: withEmptyDefaults(keys, items['properties'] as JsonObject) }),
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': [...keys],
})
/** In Go a field that is not given has its zero value: an item without a key is that of the empty one. */
function withEmptyDefaults(keys: readonly string[], properties: JsonObject): JsonObject {
  const result = { ...properties }
  for (const key of keys) {
    const property = result[key] as JsonObject
    result[key] = { ...property, default: property['default'] ?? (property['type'] === 'integer' ? 0 : '') }
  }
  return result
}
/** A list of values, each there once, that merges as a set. */
export const setOf = (items: JsonObject): JsonObject => ({
  ...listOf(items),
  'x-kubernetes-list-type': 'set',
})
/** An object that has one owner as a whole. */
export const atomic = (schema: JsonObject): JsonObject => ({ ...schema, 'x-kubernetes-map-type': 'atomic' })
export const withDefault = (schema: JsonObject, value: Json): JsonObject => ({ ...schema, default: value })
export const described = (schema: JsonObject, description: string): JsonObject => ({ ...schema, description })

export const condition = object({
  type: text,
  status: text,
  reason: text,
  message: text,
  lastTransitionTime: time,
  lastProbeTime: time,
  lastHeartbeatTime: time,
  lastUpdateTime: time,
  observedGeneration: integer,
})
export const conditions = keyedList(['type'], condition)
export const objectReference = atomic(
  object({
    apiVersion: text,
    kind: text,
    name: text,
    namespace: text,
    uid: text,
    resourceVersion: text,
    fieldPath: text,
  }),
)
export const localReference = atomic(object({ name: text }))
