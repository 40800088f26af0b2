import type { FormObject, FormValue } from '#lib/domain/form/form-model.ts'
import { isForbiddenKey, isObject } from '#lib/domain/form/form-path.ts'
import { conditionText, scalarFromText } from '#lib/domain/form/typed-value.ts'

export const RESOURCE_SIDES = ['requests', 'limits'] as const
export type ResourceSide = (typeof RESOURCE_SIDES)[number]

/** Always offered. */
const USUAL = ['cpu', 'memory']

/** The resources that a value speaks of, cpu and memory first. */
export function resourceNames(value: FormValue | undefined): string[] {
  const names = new Set(USUAL)
  for (const side of RESOURCE_SIDES) {
    const amounts = isObject(value) ? value[side] : undefined
    if (isObject(amounts)) for (const name of Object.keys(amounts)) names.add(name)
  }
  return [...names]
}

/** The amount as it is written; empty where none is. */
export function amountText(value: FormValue | undefined, side: ResourceSide, name: string): string {
  const amounts = isObject(value) ? value[side] : undefined
  return isObject(amounts) && Object.hasOwn(amounts, name) ? conditionText(amounts[name]) : ''
}

/** What stood for "nothing" at first: an empty object or null stays one, what was absent is absent again. */
function nothingLike(initial: FormValue | undefined): FormValue | undefined {
  return isObject(initial) ? {} : initial
}

/**
 * A copy of the value with one amount set, or without it where the text is empty. Everything else in it keeps its
 * place; numbers stay numbers.
 * @param initial what stood there before the user changed anything
 */
export function withAmount(
  value: FormValue | undefined,
  initial: FormValue | undefined,
  side: ResourceSide,
  name: string,
  text: string,
): FormValue | undefined {
  if (isForbiddenKey(name)) return value
  const whole: FormObject = isObject(value) ? { ...value } : {}
  const before = isObject(initial) ? initial[side] : undefined
  const amounts: FormObject = isObject(whole[side]) ? { ...whole[side] } : {}
  if (text === '') delete amounts[name]
  else {
    const was = isObject(before) ? before[name] : undefined
    amounts[name] = typeof was === 'number' ? scalarFromText(text, 'number') : text
  }
  const next =
    Object.keys(amounts).length > 0
      ? amounts
      : isObject(before) && Object.keys(before).length > 0
        ? undefined
        : nothingLike(before)
  if (next === undefined) delete whole[side]
  else whole[side] = next
  if (Object.keys(whole).length > 0) return whole
  return isObject(initial) && Object.keys(initial).length === 0 ? {} : undefined
}

/** A resource with its amounts, as text while they are edited. */
export interface ResourceRow {
  name: string
  requests: string
  limits: string
  /** Stays in the table, empty or not. */
  isUsual: boolean
}

export const NEW_RESOURCE: ResourceRow = { name: '', requests: '', limits: '', isUsual: false }

/** Names that a new row suggests. */
export const SUGGESTED_RESOURCES = ['ephemeral-storage', 'hugepages-2Mi', 'nvidia.com/gpu']

export function readResources(value: FormValue | undefined): ResourceRow[] {
  return resourceNames(value).map((name) => ({
    name,
    requests: amountText(value, 'requests', name),
    limits: amountText(value, 'limits', name),
    isUsual: USUAL.includes(name),
  }))
}

/** The value with exactly these rows; what is the same in it already keeps its place. */
export function writeResources(
  rows: readonly ResourceRow[],
  value: FormValue | undefined,
  initial: FormValue | undefined,
): FormValue | undefined {
  let next = value
  const byName = new Map<string, ResourceRow>()
  for (const row of rows) if (row.name !== '' && !byName.has(row.name)) byName.set(row.name, row)
  for (const name of new Set([...resourceNames(value), ...byName.keys()]))
    for (const side of RESOURCE_SIDES) {
      const text = byName.get(name)?.[side] ?? ''
      if (amountText(next, side, name) !== text) next = withAmount(next, initial, side, name, text)
    }
  return next
}

/** Why a row can't be written, by position; one that has no amount yet is no fault. */
export function resourceFaults(rows: readonly ResourceRow[]): ReadonlyMap<number, 'key' | 'duplicate'> {
  const faults = new Map<number, 'key' | 'duplicate'>()
  const seen = new Set<string>()
  for (const [index, { name, requests, limits }] of rows.entries()) {
    if (name === '' && requests === '' && limits === '') continue
    if (name === '' || isForbiddenKey(name)) faults.set(index, 'key')
    else if (seen.has(name)) faults.set(index, 'duplicate')
    seen.add(name)
  }
  return faults
}
