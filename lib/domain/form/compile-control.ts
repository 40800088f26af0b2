import type { ControlCollector } from './control-collector.ts'
import { amountOf, controlKindOf, controlOptionsFor, isMultiple } from './control-kind.ts'
import { rulesOf } from './control-rules.ts'
import type { DescriptorDraft } from './descriptor-draft.ts'
import { argumentsOf, hasFlag } from './descriptor-draft.ts'
import type { ControlKind, FormControl, FormValue } from './form-model.ts'
import { isObject } from './form-path.ts'
import type { FormPath } from './form-path.ts'
import { parsePickerSource } from './picker-source.ts'
import { plainControl } from './plain-control.ts'
import { sampleAt } from './sample-at.ts'
import { defaultFromText, typedOptions, valueFromText, valueTypeOf } from './typed-value.ts'
import { hasText } from './words-of.ts'

function isScalar(value: FormValue | undefined): boolean {
  return typeof value === 'string' || typeof value === 'number'
}

/** Where the control's value stands: mostly the descriptor's path, else a certain place below it. */
function placeOf(draft: DescriptorDraft, kind: ControlKind, existing: FormValue | undefined): FormPath {
  const { path } = draft
  const amount = kind === 'quantity' ? amountOf(draft) : null
  if (amount !== null) {
    // Either the requirements as a whole or the amount itself: both are written.
    if (isScalar(existing) || path.at(-1) === amount.resource) return path
    return [...path, ...(path.at(-1) === amount.part ? [] : [amount.part]), amount.resource]
  }
  // A reference as Pods have it, `{name: …}`, rather than a name.
  if (kind === 'picker' && isObject(existing) && 'name' in existing) return [...path, 'name']
  return path
}

function addPicker(control: FormControl, draft: DescriptorDraft, into: ControlCollector): void {
  for (const arg of argumentsOf(draft, 'io.kubernetes')) {
    const { source, unknown } = parsePickerSource(arg)
    if (source !== null) control.picker ??= source
    for (const text of unknown) into.note('unknown-capability', draft.id, text)
  }
  control.multiple ||= isMultiple(draft)
}

/** Options are of the type that stands there; where nothing does, of the one that they were written in. */
function addOptionTypes(control: FormControl, existing: FormValue | undefined): void {
  const sample = Array.isArray(existing) ? existing[0] : existing
  const isOpen = sample === undefined || sample === null || typeof sample === 'object'
  const types = new Set(control.options.map(({ value }) => typeof value))
  const [own] = types
  if (isOpen && types.size > 1) control.valueType = 'any'
  else if (isOpen && (own === 'number' || own === 'boolean')) control.valueType = own
  else {
    control.valueType = valueTypeOf(control.kind, existing)
    control.options = typedOptions(control.options, control.valueType)
  }
}

function addWords(control: FormControl, draft: DescriptorDraft): void {
  // A label made of the path is better than none.
  if (hasText(draft.label)) control.label = draft.label
  control.description = draft.description
  control.placeholder = draft.placeholder
  control.tooltip = draft.tooltip
}

/** Gives a control what any descriptor may say about it: words, rules, flags, its default. */
export function decorateControl(control: FormControl, draft: DescriptorDraft, into: ControlCollector): void {
  addWords(control, draft)
  control.allowCreate = hasFlag(draft, 'com.tectonic.ui:allowCreate', 'props:select:allowCreate')
  control.clearable = hasFlag(draft, 'com.tectonic.ui:clearable', 'props:select:clearable')
  control.rules = { ...control.rules, ...rulesOf(draft, into) }
  control.hidden = hasFlag(draft, 'com.tectonic.ui:hidden')
  control.disabled = hasFlag(draft, 'com.tectonic.ui:disabled')
  control.immutable = draft.immutable
  const fallback = argumentsOf(draft, 'com.tectonic.default').at(0)
  const value = fallback === undefined ? undefined : defaultFromText(fallback, control)
  if (value !== undefined) control.fallback = value
}

/** The value of a descriptor's own default, typed by its looks; undefined where it has none. */
export function defaultOf(draft: DescriptorDraft): FormValue | undefined {
  const text = argumentsOf(draft, 'com.tectonic.default').at(0)
  return text === undefined ? undefined : valueFromText(text)
}

/**
 * The control that a descriptor asks for.
 * @param kind what `controlKindOf` found for it
 * @param values where existing values tell the type
 * @param into gets notes about what could not be honoured
 */
export function compileControl(
  draft: DescriptorDraft,
  kind: ControlKind,
  values: FormValue,
  into: ControlCollector,
): FormControl {
  const path = placeOf(draft, kind, sampleAt(values, draft.path))
  const found = sampleAt(values, path)
  const existing = found === undefined && controlKindOf(draft) === null ? defaultOf(draft) : found
  const control = plainControl(path, kind, existing)
  control.options = controlOptionsFor(draft, kind)
  if (control.options.length > 0) addOptionTypes(control, existing)
  if (kind === 'picker') addPicker(control, draft, into)
  decorateControl(control, draft, into)
  return control
}
