import type { FormObject, FormValue } from './form-model.ts'
import { isObject } from './form-path.ts'

/** The keys of a reference into the same document (`#/definitions/a`); null for any other. */
function keysOf(ref: string): string[] | null {
  if (ref === '#') return []
  if (!ref.startsWith('#/')) return null
  try {
    const parts = ref.slice(2).split('/')
    return parts.map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'))
  } catch {
    return null
  }
}

/** What a reference of a schema leads to; undefined where that is not in the schema itself. */
export function schemaAt(root: FormObject, ref: string): FormValue | undefined {
  const keys = keysOf(ref)
  if (keys === null) return undefined
  let here: FormValue | undefined = root
  for (const key of keys) {
    if (isObject(here) && Object.hasOwn(here, key)) here = here[key]
    else if (Array.isArray(here)) here = here[Number(key)]
    else return undefined
  }
  return here
}
