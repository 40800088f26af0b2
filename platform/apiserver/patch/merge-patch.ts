import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { cloneJson, isObject, own, setOwn } from '../json.ts'

/** Applies an RFC 7386 patch to a copy of the document: null removes, objects merge, everything else replaces. */
export function applyMergePatch(document: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return cloneJson(patch)
  const result: JsonObject = isObject(document) ? cloneJson(document) : {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key]
    else setOwn(result, key, applyMergePatch(own(result, key), value))
  }
  return result
}
