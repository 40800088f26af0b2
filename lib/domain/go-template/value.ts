import type { Json, JsonObject } from '#lib/kinds/object.ts'

export function isMap(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A map's own value; null for what isn't there, whatever the prototype says. */
export function ownValue(map: JsonObject, key: string): Json {
  return Object.hasOwn(map, key) ? (map[key] ?? null) : null
}

/** Sets a key as data, `__proto__` included. */
export function setOwn(map: JsonObject, key: string, value: Json): void {
  Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true })
}

/** Go templates' truth: false, 0, nil and everything empty are false. */
export function isTrue(value: Json): boolean {
  if (value === null || value === false || value === 0 || value === '') return false
  if (Array.isArray(value)) return value.length > 0
  if (typeof value === 'object') return Object.keys(value).length > 0
  return true
}

/** The Go name of a value's kind, as `kindOf` and messages give it. */
export function kindName(value: Json): string {
  if (value === null) return 'nil'
  if (Array.isArray(value)) return 'slice'
  if (typeof value === 'object') return 'map'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float64'
  return 'string'
}

/** A value as an action prints it: nothing for nil; maps and lists as Go's fmt writes them. */
export function toText(value: Json): string {
  if (value === null) return ''
  if (typeof value === 'string') return value
  return inner(value)
}

function inner(value: Json): string {
  if (value === null) return '<nil>'
  if (Array.isArray(value)) return `[${value.map(inner).join(' ')}]`
  if (typeof value === 'object') {
    const keys = Object.keys(value).sort()
    return `map[${keys.map((key) => `${key}:${inner(ownValue(value, key))}`).join(' ')}]`
  }
  return String(value)
}
