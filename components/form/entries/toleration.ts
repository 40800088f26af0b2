import type { FormObject, FormValue } from '#lib/domain/form/form-model.ts'
import { isObject } from '#lib/domain/form/form-path.ts'
import { conditionText, scalarFromText } from '#lib/domain/form/typed-value.ts'

export const TOLERATION_OPERATORS = ['Equal', 'Exists'] as const
/** Empty stands for all of them. */
export const TOLERATION_EFFECTS = ['', 'NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const

export type TolerationField = 'key' | 'operator' | 'value' | 'effect' | 'tolerationSeconds'

/** What Kubernetes takes an absent operator for. */
export const DEFAULT_OPERATOR = 'Equal'

export const NEW_TOLERATION: FormObject = { key: '', operator: 'Equal', value: '', effect: 'NoSchedule' }

/** Entries of a tolerations list; what is no object is kept and shown empty. */
export function readTolerations(value: FormValue | undefined): FormValue[] {
  return Array.isArray(value) ? value : []
}

export function writeTolerations(items: readonly FormValue[]): FormValue | undefined {
  return items.length === 0 ? undefined : [...items]
}

/** A field as text; the operator's default where it is absent. */
export function tolerationText(toleration: FormValue, field: TolerationField): string {
  const value = isObject(toleration) && Object.hasOwn(toleration, field) ? toleration[field] : undefined
  const text = conditionText(value)
  return field === 'operator' && text === '' ? DEFAULT_OPERATOR : text
}

/**
 * A copy with one field set; further fields and the order of all stay. An emptied field is left out. What Kubernetes
 * refuses beside the new value goes: a value beside `Exists`, seconds without `NoExecute`.
 */
export function withTolerationField(toleration: FormValue, field: TolerationField, text: string): FormObject {
  const next: FormObject = isObject(toleration) ? { ...toleration } : {}
  if (text === '') delete next[field]
  else next[field] = field === 'tolerationSeconds' ? scalarFromText(text, 'number') : text
  if (next['operator'] === 'Exists') delete next['value']
  if (field === 'effect' && text !== 'NoExecute') delete next['tolerationSeconds']
  return next
}
