import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { isObject, own, ownString } from '../json.ts'

/** How values of a place merge. A place may take several shapes; the value then decides. */
export interface MergeType {
  readonly scalar?: 'string' | 'number' | 'boolean' | 'any'
  readonly list?: ListType
  readonly map?: MapType
}

export interface ListType {
  /** One value as a whole; otherwise its items are told apart by `keys`, or by their value when there are none. */
  readonly isAtomic: boolean
  readonly keys: readonly string[]
  readonly items: MergeType
}

export interface MapType {
  readonly isAtomic: boolean
  /** Declared fields. */
  readonly fields: ReadonlyMap<string, FieldType>
  /** Type of all others; undefined when there may be none. */
  readonly rest: MergeType | undefined
}

export interface FieldType {
  readonly type: MergeType
  /** Stands for an absent key of a list's item. */
  readonly default: Json | undefined
}

const NO_FIELDS: ReadonlyMap<string, FieldType> = new Map()

/** Everything without a schema below an untyped list: one value as a whole. */
const UNTYPED: MergeType = recursive((self) => ({
  scalar: 'any',
  list: { isAtomic: true, keys: [], items: self },
  map: { isAtomic: true, fields: NO_FIELDS, rest: self },
}))

/** Values without a schema: objects merge, lists are one value. */
export const DEDUCED: MergeType = recursive((self) => ({
  scalar: 'any',
  list: { isAtomic: true, keys: [], items: UNTYPED },
  map: { isAtomic: false, fields: NO_FIELDS, rest: self },
}))

function recursive(make: (self: MergeType) => MergeType): MergeType {
  const type = {}
  return Object.assign(type, make(type))
}

/** Whether a map has no schema at all. */
export function isDeduced(map: MapType): boolean {
  return map.rest === DEDUCED && map.fields.size === 0
}

/**
 * The merge type of an OpenAPI schema of a whole object.
 * @param metadata schema of an object's metadata, here and in objects embedded in it
 */
export function mergeTypeOf(schema: JsonObject, metadata: JsonObject): MergeType {
  const metadataType = typeOf(metadata, false, {})
  return typeOf({ ...schema, 'x-kubernetes-embedded-resource': true }, false, metadataType)
}

function typeOf(schema: JsonObject, isOpen: boolean, metadata: MergeType): MergeType {
  const keepsUnknown = isOpen || own(schema, 'x-kubernetes-preserve-unknown-fields') === true
  const type = own(schema, 'x-kubernetes-int-or-string') === true ? '' : (ownString(schema, 'type') ?? '')
  switch (type) {
    case 'object':
      return { map: mapType(schema, keepsUnknown, metadata) }
    case 'array':
      return { list: listType(schema, keepsUnknown, metadata) }
    case 'integer':
    case 'number':
      return { scalar: 'number' }
    case 'boolean':
      return { scalar: 'boolean' }
    case 'string': {
      const format = ownString(schema, 'format') ?? ''
      return { scalar: format === '' || format === 'byte' ? 'string' : 'any' }
    }
    default:
      return {
        scalar: 'any',
        list: listType(schema, keepsUnknown, metadata),
        map: mapType(schema, keepsUnknown, metadata),
      }
  }
}

const TEXT: FieldType = { type: { scalar: 'string' }, default: undefined }

function mapType(schema: JsonObject, isOpen: boolean, metadata: MergeType): MapType {
  const fields = new Map<string, FieldType>()
  const properties = own(schema, 'properties')
  if (isObject(properties))
    for (const [name, child] of Object.entries(properties))
      if (isObject(child))
        fields.set(name, { type: typeOf(child, isOpen, metadata), default: own(child, 'default') })
  const additional = own(schema, 'additionalProperties')
  const isFree = isOpen || fields.size === 0
  if (own(schema, 'x-kubernetes-embedded-resource') === true)
    fields.set('apiVersion', TEXT).set('kind', TEXT).set('metadata', { type: metadata, default: undefined })
  const rest = isObject(additional) ? typeOf(additional, isOpen, metadata) : undefined
  return {
    isAtomic: own(schema, 'x-kubernetes-map-type') === 'atomic',
    fields,
    rest: rest ?? (additional === true || (additional === undefined && isFree) ? DEDUCED : undefined),
  }
}

function listType(schema: JsonObject, isOpen: boolean, metadata: MergeType): ListType {
  const kind = own(schema, 'x-kubernetes-list-type')
  const keys = own(schema, 'x-kubernetes-list-map-keys')
  const items = own(schema, 'items')
  return {
    isAtomic: kind !== 'set' && kind !== 'map',
    keys: kind === 'map' && Array.isArray(keys) ? keys.filter((key) => typeof key === 'string') : [],
    items: isObject(items) ? typeOf(items, isOpen, metadata) : UNTYPED,
  }
}

/** The parts of a type that a value can have: the one shape that fits it, or all when none or nothing does. */
export function shapeOf(type: MergeType, value: Json | undefined): MergeType {
  if (value === undefined || value === null) return type
  if (Array.isArray(value)) return type.list === undefined ? type : { list: type.list }
  if (isObject(value)) return type.map === undefined ? type : { map: type.map }
  return type.scalar === undefined ? type : { scalar: type.scalar }
}

/** The type of a map's member; undefined for one that may not be. */
export function memberType(map: MapType, name: string): MergeType | undefined {
  return map.fields.get(name)?.type ?? map.rest
}
