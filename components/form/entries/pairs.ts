import type { FormObject, FormValue } from '#lib/domain/form/form-model.ts'
import { isForbiddenKey, isObject } from '#lib/domain/form/form-path.ts'
import { conditionText, scalarFromText } from '#lib/domain/form/typed-value.ts'

/** A key with its value, both as text while they are edited. */
export interface Pair {
  key: string
  text: string
  /** What it was read from: a map's value, or a list's whole item; undefined for a new one. */
  source: FormValue | undefined
}

/** Why a pair can't be written. */
export type PairFault = 'key' | 'duplicate'

/** How pairs are read from and written to a configuration. */
export interface PairFormat {
  read: (value: FormValue | undefined) => Pair[]
  /** @param initial what stood there first: what it had for "nothing" stands there again once all is gone */
  write: (pairs: readonly Pair[], initial: FormValue | undefined) => FormValue | undefined
  /** By the pairs' positions; a pair that has nothing yet is no fault. */
  faults: (pairs: readonly Pair[]) => ReadonlyMap<number, PairFault>
  /** Where the pair stands below the control's path. */
  pathOf: (pairs: readonly Pair[], index: number) => (string | number)[]
}

export const NEW_PAIR: Pair = { key: '', text: '', source: undefined }

function isBlank({ key, text, source }: Pair): boolean {
  return key === '' && text === '' && source === undefined
}

/** The value again as it was while its text is the same; numbers and booleans stay what they are when they can. */
function valueOf(text: string, was: FormValue | undefined): FormValue {
  if (was !== undefined && conditionText(was) === text) return was
  const type = typeof was
  return type === 'number' || type === 'boolean' ? scalarFromText(text, type) : text
}

/** `{key: value}`, in order; of two with the same key the first one counts until one of them is renamed. */
export const MAP_FORMAT: PairFormat = {
  read: (value) =>
    isObject(value)
      ? Object.entries(value).map(([key, one]) => ({ key, text: conditionText(one), source: one }))
      : [],
  write: (pairs, initial) => {
    const map: FormObject = {}
    for (const { key, text, source } of pairs)
      if (key !== '' && !isForbiddenKey(key) && !Object.hasOwn(map, key)) map[key] = valueOf(text, source)
    return Object.keys(map).length > 0 || isObject(initial) ? map : undefined
  },
  faults: (pairs) => {
    const faults = new Map<number, PairFault>()
    const seen = new Set<string>()
    for (const [index, pair] of pairs.entries()) {
      if (isBlank(pair)) continue
      if (pair.key === '' || isForbiddenKey(pair.key)) faults.set(index, 'key')
      else if (seen.has(pair.key)) faults.set(index, 'duplicate')
      seen.add(pair.key)
    }
    return faults
  },
  pathOf: (pairs, index) => [pairs[index]?.key ?? ''],
}

/** `[{key, value}]`: further fields of an item and their order stay as they are. */
export const LIST_FORMAT: PairFormat = {
  read: (value) =>
    (Array.isArray(value) ? value : []).map((item) =>
      isObject(item)
        ? { key: conditionText(item['key']), text: conditionText(item['value']), source: item }
        : { key: conditionText(item), text: '', source: item },
    ),
  write: (pairs) => {
    const items = pairs
      .filter((pair) => !isBlank(pair))
      .map(({ key, text, source }): FormValue => {
        if (!isObject(source))
          return source !== undefined && conditionText(source) === key ? source : { key, value: text }
        const item = { ...source }
        if (conditionText(source['key']) !== key) item['key'] = valueOf(key, source['key'])
        if (conditionText(source['value']) !== text) item['value'] = valueOf(text, source['value'])
        return item
      })
    return items.length === 0 ? undefined : items
  },
  // Doubles and empty keys stand in the list, where the form's own check finds them.
  faults: () => new Map(),
  pathOf: (pairs, index) => [pairs.slice(0, index).filter((pair) => !isBlank(pair)).length],
}
