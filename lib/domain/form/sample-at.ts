import type { FormValue } from './form-model.ts'
import { getAt } from './form-path.ts'
import type { FormPath } from './form-path.ts'

const MAX_ITEMS = 20

/**
 * What stands at a path, for telling types: a `null` step is the first entry of the list that has something there
 * (null counts only where no entry has more).
 */
export function sampleAt(value: FormValue | undefined, path: FormPath): FormValue | undefined {
  const each = path.indexOf(null)
  if (each < 0) return getAt(value, path)
  const list = getAt(value, path.slice(0, each))
  const rest = path.slice(each + 1)
  let found: FormValue | undefined
  for (const item of Array.isArray(list) ? list.slice(0, MAX_ITEMS) : []) {
    const sample = sampleAt(item, rest)
    if (sample !== undefined && sample !== null) return sample
    found ??= sample
  }
  return found
}
