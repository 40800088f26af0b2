import type { ControlKind, FormControl } from '#lib/domain/form/form-model.ts'
import { hasSuggestions, isSearchedChoice } from './widgets/choice-options.ts'

/** Controls that consist of several elements, or of one that a `label` can't name. */
const GROUPS: ReadonlySet<ControlKind> = new Set<ControlKind>([
  'radio',
  'list',
  'rows',
  'resources',
  'map',
  'tolerations',
  'nodeSelector',
  'data',
])

const WITH_INNER_ERRORS: ReadonlySet<ControlKind> = new Set<ControlKind>([
  'list',
  'rows',
  'resources',
  'map',
  'tolerations',
  'nodeSelector',
])

/** Controls that need half the width. */
export const NARROW_KINDS: ReadonlySet<ControlKind> = new Set<ControlKind>([
  'switch',
  'number',
  'quantity',
  'duration',
])

/** Whether the control is named as a group rather than by a `label` element. */
export function isGroupOf(control: FormControl): boolean {
  if (control.kind === 'choices') return !isSearchedChoice(control)
  return GROUPS.has(control.kind) && !hasSuggestions(control)
}

/** Whether the fields inside tell their errors themselves, each once it was left. */
export function tellsFields(control: FormControl): boolean {
  return control.kind === 'rows'
}

/** Whether the control's widget shows errors below its path at its own inputs. */
export function showsInnerErrors(control: FormControl): boolean {
  return WITH_INNER_ERRORS.has(control.kind) && !hasSuggestions(control)
}
