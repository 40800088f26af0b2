import { shownControls } from './conditions.ts'
import { planOf } from './form-conditions.ts'
import type { ChoiceOption, FormControl, FormModel, FormObject, FormValue } from './form-model.ts'
import { formatPath, getAt, isAtOrBelow, isObject, removeAt, setAt } from './form-path.ts'
import type { FormPath } from './form-path.ts'
import { isSameJson } from '../same-json.ts'
import { isBlank } from './typed-value.ts'

/** What the user changed, by canonical path; `undefined` stands for emptied. */
export type FormEdits = ReadonlyMap<string, { path: FormPath; value: FormValue | undefined }>

export const NO_EDITS: FormEdits = new Map()

export interface FormState {
  /** The whole configuration as it would be sent. */
  config: FormObject
  /** Ids of the controls that are shown. */
  shown: ReadonlySet<string>
}

const MAX_ROUNDS = 24

/** What emptying a control leaves: what stood for "nothing" before, else nothing by type. */
function emptied(form: FormModel, base: FormObject, path: FormPath): FormValue | undefined {
  const before = getAt(base, path)
  if (isBlank(before)) return before
  const byDefault = getAt(form.defaults, path)
  if (isBlank(byDefault)) return byDefault
  if (typeof before === 'string') return ''
  if (isObject(before)) return {}
  return Array.isArray(before) ? [] : undefined
}

function applyEdits(
  form: FormModel,
  base: FormObject,
  edits: FormEdits,
  shown: ReadonlySet<string>,
): FormObject {
  const { byKey, keys } = planOf(form)
  const owned = new WeakSet<object>()
  let config = base
  const ordered = [...edits].sort((a, b) => a[1].path.length - b[1].path.length)
  for (const [key, { path, value }] of ordered) {
    const governors = byKey.get(key)
    if (governors?.every(({ id, immutable }) => immutable || !shown.has(id)) === true) continue
    const next = value === undefined ? emptied(form, base, path) : value
    config = next === undefined ? removeAt(config, path) : setAt(config, path, next, owned)
  }
  for (const control of form.controls) {
    const { id, path, fallback, immutable } = control
    const isOpen =
      fallback !== undefined && !immutable && shown.has(id) && !edits.has(keys.get(control) ?? '')
    if (isOpen && getAt(config, path) === undefined) config = setAt(config, path, fallback, owned)
  }
  return config
}

/**
 * The configuration that `base` becomes with the user's edits. Controls that are not shown leave theirs as
 * `base` has it; a shown control's own default fills what is absent; all else passes through untouched.
 */
export function resolveConfig(form: FormModel, base: FormObject, edits: FormEdits): FormState {
  let shown = shownControls(form, base)
  let config = applyEdits(form, base, edits, shown)
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const next = shownControls(form, config)
    if (next.size === shown.size && [...next].every((id) => shown.has(id))) break
    shown = next
    config = applyEdits(form, base, edits, shown)
  }
  return { config, shown }
}

/** Where a form starts: `base` with the defaults of the controls that are shown. */
export function initialConfig(form: FormModel, base: FormObject = form.defaults): FormObject {
  return resolveConfig(form, base, NO_EDITS).config
}

function isUnchanged(control: FormControl, base: FormObject, value: FormValue | undefined): boolean {
  const found = getAt(base, control.path)
  // An explicit null is a value: the default does not stand for it.
  const before = found === undefined ? control.fallback : found
  const isOff = control.kind === 'switch' && before === undefined && value === false
  // One that must be answered is answered with off as well.
  if (isOff && control.rules.required !== true) return true
  return isSameJson(before, value) || (isNothing(control, before) && isNothing(control, value))
}

/** Whether a value stands for "nothing entered"; what is written as YAML is meant as it is. */
function isNothing({ kind }: FormControl, value: FormValue | undefined): boolean {
  return kind === 'data' ? value === undefined : isBlank(value)
}

function pickedFills(control: FormControl, value: FormValue | undefined): NonNullable<ChoiceOption['fills']> {
  return control.options.find((option) => option.value === value)?.fills ?? []
}

/**
 * The edits after the user gave a control a value (`undefined` or an empty one: emptied it). Back to where
 * it was is no edit any more. Picking a size also writes what the size fills, over earlier edits there.
 */
export function editControl(
  control: FormControl,
  base: FormObject,
  edits: FormEdits,
  value: FormValue | undefined,
): FormEdits {
  const next = new Map(edits)
  const key = formatPath(control.path)
  if (isUnchanged(control, base, value)) next.delete(key)
  else next.set(key, { path: control.path, value: isNothing(control, value) ? undefined : value })
  for (const fill of pickedFills(control, value)) {
    for (const [other, { path }] of next) if (isAtOrBelow(path, fill.path)) next.delete(other)
    next.set(formatPath(fill.path), { path: fill.path, value: fill.value })
  }
  return next
}
