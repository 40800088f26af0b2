import { controlOptionsFor } from './control-kind.ts'
import type { DescriptorDraft } from './descriptor-draft.ts'
import { argumentsOf, hasFlag } from './descriptor-draft.ts'
import { rulesOf } from './control-rules.ts'
import { plainControl } from './derive-controls.ts'
import type { ControlKind, FormControl, FormNote, FormObject } from './form-model.ts'
import { getAt } from './form-path.ts'
import { defaultFromText, typedOptions, valueTypeOf } from './typed-value.ts'

/** The last steps of labels that say nothing else: the path is better than no label. */
function withLabel(control: FormControl, draft: DescriptorDraft): void {
  if (draft.label.en !== undefined || draft.label.zh !== undefined) control.label = draft.label
  control.description = draft.description
  control.placeholder = draft.placeholder
  control.tooltip = draft.tooltip
}

/**
 * The control that a descriptor asks for.
 * @param kind what `controlKindOf` found for it
 * @param config where existing values tell the type
 * @param notes gets what could not be honoured
 */
export function compileControl(
  draft: DescriptorDraft,
  kind: ControlKind,
  config: FormObject,
  notes: FormNote[],
): FormControl {
  const existing = getAt(config, draft.path)
  const control = plainControl(draft.path, kind, existing)
  withLabel(control, draft)
  control.options = controlOptionsFor(draft, kind)
  if (control.options.length > 0) {
    control.valueType = valueTypeOf(kind, existing)
    control.options = typedOptions(control.options, control.valueType)
  }
  control.allowCreate = hasFlag(draft, 'com.tectonic.ui:allowCreate', 'props:select:allowCreate')
  control.clearable = hasFlag(draft, 'com.tectonic.ui:clearable', 'props:select:clearable')
  control.rules = rulesOf(draft, notes)
  control.hidden = hasFlag(draft, 'com.tectonic.ui:hidden')
  control.disabled = hasFlag(draft, 'com.tectonic.ui:disabled')
  control.immutable = draft.immutable
  const fallback = argumentsOf(draft, 'com.tectonic.default').at(0)
  if (fallback !== undefined) {
    const value = defaultFromText(fallback, control)
    if (value !== undefined) control.fallback = value
  }
  return control
}
