import { compileControl, decorateControl } from './compile-control.ts'
import type { ControlCollector } from './control-collector.ts'
import { controlKindOf } from './control-kind.ts'
import { labelFromPath, valueControl } from './derive-controls.ts'
import type { DescriptorDraft } from './descriptor-draft.ts'
import type { FormControl, FormValue } from './form-model.ts'
import { guessKind } from './guess-kind.ts'
import { sampleAt } from './sample-at.ts'
import { hasText } from './words-of.ts'

/** Words and flags of the list's descriptor, over the ones that were found for its entries. */
function ofList(control: FormControl, draft: DescriptorDraft, into: ControlCollector): FormControl {
  decorateControl(control, draft, into)
  const { rules } = control
  if (rules.minimum !== undefined) rules.minLength ??= rules.minimum
  if (rules.maximum !== undefined) rules.maxLength ??= rules.maximum
  return control
}

/**
 * The control for a list whose entries are scalars, by the descriptor of an entry: several of its options, several
 * live objects, or a list of texts or numbers that follow its pattern and bounds.
 */
export function scalarList(
  draft: DescriptorDraft,
  item: DescriptorDraft,
  values: FormValue,
  into: ControlCollector,
): FormControl {
  const existing = sampleAt(values, draft.path)
  const sample = sampleAt(values, item.path)
  const one = compileControl(item, controlKindOf(item) ?? guessKind(sample, item.path), values, into)
  const isChoice = one.kind === 'select' || one.kind === 'radio'
  const kind = one.kind === 'picker' ? 'picker' : isChoice && !one.allowCreate ? 'choices' : 'list'
  const list = compileControl({ ...draft, capabilities: [] }, kind, values, into)
  const label = hasText(draft.label)
    ? draft.label
    : hasText(item.label)
      ? item.label
      : labelFromPath(draft.path)
  const control = ofList(list, { ...draft, label }, into)
  if (one.picker !== undefined) control.picker = one.picker
  control.multiple = kind === 'picker'
  control.allowCreate ||= one.allowCreate
  control.options = one.options
  if (!Array.isArray(existing) || existing.length === 0)
    control.valueType = one.kind === 'number' ? 'number' : one.valueType === 'any' ? 'string' : one.valueType
  const { pattern, minimum, maximum, integer } = one.rules
  control.rules = {
    ...control.rules,
    ...(pattern !== undefined && { pattern }),
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
    ...(integer !== undefined && { integer }),
  }
  control.hidden ||= one.hidden
  return control
}

/** The control for a list of rows without descriptors for what is in them: what the values suggest. */
export function valueList(draft: DescriptorDraft, values: FormValue, into: ControlCollector): FormControl {
  const control = valueControl(sampleAt(values, draft.path) ?? [], draft.path, into)
  return ofList(control, draft, into)
}

/** The control for a list of rows; what is in the rows comes later. */
export function rowsControl(draft: DescriptorDraft, values: FormValue, into: ControlCollector): FormControl {
  return ofList(compileControl(draft, 'rows', values, into), draft, into)
}
