import type { FormControl, FormValue } from './form-model.ts'
import { formatPath, isObject } from './form-path.ts'
import type { FormPath } from './form-path.ts'
import { isLabelKey, isLabelValue } from './labels.ts'
import { compareQuantities, isAmount } from './quantity.ts'
import { isEmpty } from './typed-value.ts'
import type { FieldError, FieldErrorCode } from './validate-config.ts'

/** More entries than anyone reads the errors of. */
const MAX_ENTRIES = 1000

const EFFECTS: readonly FormValue[] = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

function fault(path: FormPath, code: FieldErrorCode, params: Record<string, string> = {}): FieldError {
  return { path: formatPath(path), code, params }
}

function checkResources(value: FormValue, path: FormPath): FieldError[] {
  if (!isObject(value)) return []
  const faults: FieldError[] = []
  const limits = isObject(value['limits']) ? value['limits'] : {}
  for (const part of ['requests', 'limits']) {
    const amounts = value[part]
    if (amounts === undefined || amounts === null) continue
    if (!isObject(amounts)) {
      faults.push(fault([...path, part], 'type', { type: 'object' }))
      continue
    }
    for (const [name, amount] of Object.entries(amounts).slice(0, MAX_ENTRIES)) {
      const place = [...path, part, name]
      const limit = Object.hasOwn(limits, name) ? limits[name] : undefined
      if (isEmpty(amount)) continue
      if (!isAmount(amount)) faults.push(fault(place, 'quantity'))
      else if (part === 'requests' && isAmount(limit) && (compareQuantities(amount, limit) ?? 0) > 0)
        faults.push(fault(place, 'requestAboveLimit', { limit: String(limit) }))
    }
  }
  return faults
}

function checkKey(key: FormValue | undefined, path: FormPath): FieldError[] {
  if (isEmpty(key)) return [fault(path, 'required')]
  if (typeof key !== 'string') return [fault(path, 'type', { type: 'string' })]
  return isLabelKey(key) ? [] : [fault(path, 'labelKey')]
}

function checkLabel(value: FormValue | undefined, path: FormPath): FieldError[] {
  if (isEmpty(value)) return []
  if (typeof value !== 'string') return [fault(path, 'type', { type: 'string' })]
  return isLabelValue(value) ? [] : [fault(path, 'labelValue')]
}

function checkSeconds(toleration: Record<string, FormValue>, path: FormPath): FieldError[] {
  const { tolerationSeconds: seconds, effect } = toleration
  if (isEmpty(seconds)) return []
  if (typeof seconds !== 'number') return [fault(path, 'type', { type: 'number' })]
  if (!Number.isInteger(seconds)) return [fault(path, 'integer')]
  return effect === 'NoExecute' ? [] : [fault(path, 'tolerationSeconds')]
}

/** The API server's rules for a toleration of a Pod. */
function checkToleration(item: FormValue, path: FormPath): FieldError[] {
  if (!isObject(item)) return [fault(path, 'type', { type: 'object' })]
  const { key, operator, value, effect } = item
  const exists = operator === 'Exists'
  const faults: FieldError[] = []
  // An empty key tolerates everything, which only Exists can say.
  if (!isEmpty(key) || !exists) faults.push(...checkKey(key, [...path, 'key']))
  if (!isEmpty(operator) && operator !== 'Equal' && !exists) faults.push(fault([...path, 'operator'], 'enum'))
  if (exists && !isEmpty(value)) faults.push(fault([...path, 'value'], 'tolerationValue'))
  else faults.push(...checkLabel(value, [...path, 'value']))
  if (!isEmpty(effect) && !EFFECTS.includes(effect ?? null)) faults.push(fault([...path, 'effect'], 'enum'))
  return [...faults, ...checkSeconds(item, [...path, 'tolerationSeconds'])]
}

function checkSelector(value: FormValue, path: FormPath): FieldError[] {
  if (!Array.isArray(value)) return checkMap(value, path, true, true)
  const seen = new Set<FormValue>()
  return value.slice(0, MAX_ENTRIES).flatMap((item, index) => {
    const place = [...path, index]
    if (!isObject(item)) return [fault(place, 'type', { type: 'object' })]
    const { key } = item
    const faults = checkKey(key, [...place, 'key'])
    if (typeof key === 'string' && faults.length === 0 && seen.has(key))
      faults.push(fault([...place, 'key'], 'duplicate', { key }))
    if (key !== undefined) seen.add(key)
    return [...faults, ...checkLabel(item['value'], [...place, 'value'])]
  })
}

function checkMap(
  value: FormValue,
  path: FormPath,
  areLabelKeys: boolean,
  areLabelValues: boolean,
): FieldError[] {
  if (!isObject(value)) return []
  return Object.entries(value)
    .slice(0, MAX_ENTRIES)
    .flatMap(([key, item]) => {
      const place = [...path, key]
      if (key === '') return [fault(place, 'required')]
      if (areLabelKeys && !isLabelKey(key)) return [fault(place, 'labelKey')]
      if (typeof item !== 'string') return isEmpty(item) ? [] : [fault(place, 'type', { type: 'string' })]
      return areLabelValues && !isLabelValue(item) ? [fault(place, 'labelValue')] : []
    })
}

/**
 * What is wrong inside the value of a control that holds an object or a list of them, at the paths of the parts; empty
 * for all other kinds.
 * @param path concrete path of the value
 */
export function checkStructure({ kind }: FormControl, value: FormValue, path: FormPath): FieldError[] {
  if (kind === 'resources') return checkResources(value, path)
  if (kind === 'nodeSelector') return checkSelector(value, path)
  if (kind === 'tolerations' && Array.isArray(value))
    return value.slice(0, MAX_ENTRIES).flatMap((item, index) => checkToleration(item, [...path, index]))
  if (kind !== 'map') return []
  const name = String(path.at(-1) ?? '')
  const areLabels = /labels$/i.test(name)
  return checkMap(value, path, areLabels || /annotations$/i.test(name), areLabels)
}
