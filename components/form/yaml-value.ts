import { parseDocument, stringify } from 'yaml'
import type { FormValue } from '#lib/domain/form/form-model.ts'
import { isForbiddenKey } from '#lib/domain/form/form-path.ts'

export type ReadYaml = { value: FormValue | undefined } | { message: string }

/** The first reason why a value is no plain JSON; null when it is. */
function faultOf(value: unknown, depth = 0): string | null {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return null
  if (typeof value === 'number') return Number.isFinite(value) ? null : String(value)
  if (typeof value !== 'object' || depth > 100) return typeof value
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return 'object'
  for (const [key, child] of Object.entries(value)) {
    if (isForbiddenKey(key)) return key
    const fault = faultOf(child, depth + 1)
    if (fault !== null) return fault
  }
  return null
}

/** Reads a YAML (or JSON) text as a plain JSON value; an empty text is no value. */
export function readYaml(text: string): ReadYaml {
  if (text.trim() === '') return { value: undefined }
  try {
    const document = parseDocument(text, { version: '1.2', schema: 'core', merge: false })
    const error = document.errors[0]
    if (error !== undefined) return { message: error.message.split('\n')[0] ?? error.message }
    const value: unknown = document.toJS({ maxAliasCount: 50 })
    const fault = faultOf(value)
    return fault === null ? { value: value as FormValue } : { message: fault }
  } catch (error) {
    return { message: error instanceof Error ? error.message : String(error) }
  }
}

/** A value as YAML; nothing for no value. */
export function writeYaml(value: FormValue | undefined): string {
  return value === undefined ? '' : stringify(value, { lineWidth: 0 }).trimEnd()
}
