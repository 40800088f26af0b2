import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { inElementOrder } from './element-order.ts'
import { cloneJson, equalJson, isObject, own, setOwn } from '../json.ts'

/** Lists of the built-in kinds that merge by a key, and lists of plain values that merge as sets (`''`). */
const MERGE_KEYS: ReadonlyMap<string, string> = new Map([
  ['metadata.finalizers', ''],
  ['metadata.ownerReferences', 'uid'],
  ['spec.finalizers', ''],
  ['spec.podCIDRs', ''],
  ['status.conditions', 'type'],
  ['status.addresses', 'type'],
  ['secrets', 'name'],
  ['spec.imagePullSecrets', 'name'],
  ['spec.containers', 'name'],
  ['spec.initContainers', 'name'],
  ['spec.volumes', 'name'],
  ['spec.containers.env', 'name'],
  ['spec.containers.ports', 'containerPort'],
  ['spec.containers.volumeMounts', 'mountPath'],
  ['spec.hostAliases', 'ip'],
  ['spec.topologySpreadConstraints', 'topologyKey'],
  ['status.podIPs', 'ip'],
  ['status.hostIPs', 'ip'],
])

/**
 * Applies a strategic merge patch of a built-in kind to a copy of the document, with the directives that kubectl writes:
 * `$patch`, `$retainKeys`, `$setElementOrder/…`, `$deleteFromPrimitiveList/…`.
 */
export function applyStrategicMerge(document: JsonObject, patch: JsonObject): JsonObject {
  return mergeObjects(document, patch, '')
}

function mergeObjects(document: JsonObject, patch: JsonObject, path: string): JsonObject {
  const directive = own(patch, '$patch')
  if (directive === 'delete') return {}
  if (directive === 'replace') return withoutDirectives(patch)
  const result = cloneJson(document)
  const retained = own(patch, '$retainKeys')
  if (Array.isArray(retained))
    for (const key of Object.keys(result)) if (!retained.includes(key)) delete result[key]
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$deleteFromPrimitiveList/'))
      deleteValues(result, key.slice(key.indexOf('/') + 1), value)
    if (key.startsWith('$')) continue
    if (value === null) delete result[key]
    else setOwn(result, key, mergeValues(own(result, key), value, below(path, key)))
  }
  for (const [key, list] of Object.entries(result)) {
    const wanted = own(patch, `$setElementOrder/${key}`) ?? own(patch, key)
    const before = own(document, key)
    const mergeKey = MERGE_KEYS.get(below(path, key))
    if (mergeKey === undefined || !Array.isArray(list) || !Array.isArray(wanted) || !Array.isArray(before))
      continue
    const same = (a: Json, b: Json) => equalJson(keyOf(a, mergeKey), keyOf(b, mergeKey))
    setOwn(result, key, inElementOrder(list, wanted, before, same))
  }
  return result
}

const below = (path: string, key: string) => (path === '' ? key : `${path}.${key}`)
const keyOf = (item: Json, mergeKey: string) => (isObject(item) ? own(item, mergeKey) : item)

function mergeValues(old: Json | undefined, value: Json, path: string): Json {
  if (isObject(value)) return mergeObjects(isObject(old) ? old : {}, value, path)
  const mergeKey = MERGE_KEYS.get(path)
  if (!Array.isArray(value) || mergeKey === undefined || !Array.isArray(old))
    return Array.isArray(value)
      ? value.map(withoutListDirectives).filter((item) => item !== undefined)
      : value
  return mergeKey === '' ? mergeSets(old, value) : mergeLists(old, value, mergeKey, path)
}

function mergeSets(old: Json[], value: Json[]): Json[] {
  return [...old, ...value.filter((item) => !old.some((known) => equalJson(known, item)))]
}

function mergeLists(old: Json[], patch: Json[], mergeKey: string, path: string): Json[] {
  if (patch.some((item) => isObject(item) && own(item, '$patch') === 'replace'))
    return patch.map(withoutListDirectives).filter((item) => item !== undefined)
  const result = [...old]
  for (const item of patch) {
    if (!isObject(item)) continue
    const index = result.findIndex(
      (known) => isObject(known) && equalJson(own(known, mergeKey), own(item, mergeKey)),
    )
    const known = result[index]
    if (own(item, '$patch') === 'delete') {
      if (index >= 0) result.splice(index, 1)
    } else if (isObject(known)) result[index] = mergeObjects(known, item, path)
    else result.push(withoutDirectives(item))
  }
  return result
}

function deleteValues(result: JsonObject, key: string, values: Json): void {
  const list = own(result, key)
  if (Array.isArray(list) && Array.isArray(values))
    setOwn(
      result,
      key,
      list.filter((item) => !values.some((value) => equalJson(value, item))),
    )
}

function withoutListDirectives(item: Json): Json | undefined {
  if (!isObject(item)) return item
  return Object.hasOwn(item, '$patch') ? undefined : withoutDirectives(item)
}

function withoutDirectives(object: JsonObject): JsonObject {
  const result: JsonObject = {}
  for (const [key, value] of Object.entries(object)) {
    if (key.startsWith('$') || value === null) continue
    setOwn(result, key, isObject(value) ? withoutDirectives(value) : value)
  }
  return result
}
