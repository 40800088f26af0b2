import type { CapabilityName } from './capability.ts'
import { optionsOf } from './control-options.ts'
import type { DescriptorDraft } from './descriptor-draft.ts'
import { argumentsOf, hasFlag } from './descriptor-draft.ts'
import type { ChoiceOption, ControlKind } from './form-model.ts'

const SIMPLE: readonly [CapabilityName, ControlKind][] = [
  ['com.tectonic.ui:booleanSwitch', 'switch'],
  ['com.tectonic.ui:checkbox', 'switch'],
  ['com.tectonic.ui:radio', 'radio'],
  ['com.tectonic.ui:select', 'select'],
  ['props:select:options', 'select'],
  ['com.tectonic.ui:imagePullPolicy', 'select'],
  ['com.tectonic.ui:tagsInput', 'list'],
  ['com.tectonic.ui:number', 'number'],
  ['com.tectonic.ui:podCount', 'number'],
  ['com.tectonic.ui:textarea', 'textarea'],
  ['com.tectonic.ui:password', 'password'],
  ['com.tectonic.ui:yaml', 'data'],
  ['com.tectonic.ui:resourceRequirements', 'data'],
  ['com.tectonic.ui:arrayFieldGroup', 'data'],
  ['io.kubernetes', 'select'],
  ['com.tectonic.ui:text', 'text'],
  ['text', 'text'],
]

/** Capabilities that have an editor of their own elsewhere and get a plainer one here. */
export const PLAIN: readonly CapabilityName[] = [
  'com.tectonic.ui:resourceRequirements',
  'com.tectonic.ui:arrayFieldGroup',
  'io.kubernetes',
]

function isMultiple(draft: DescriptorDraft): boolean {
  return hasFlag(draft, 'com.tectonic.ui:multiple', 'props:select:multiple')
}

/** What a descriptor says its control is; null when it leaves that to the value. */
export function controlKindOf(draft: DescriptorDraft): ControlKind | null {
  const kind = SIMPLE.find(([name]) => draft.capabilities.some((entry) => entry.name === name))?.[1] ?? null
  // `resourceRequirements:limits:memory` is one quantity, which is a text.
  if (argumentsOf(draft, 'com.tectonic.ui:resourceRequirements').some((arg) => arg.includes(':')))
    return 'text'
  if (kind !== 'select' && kind !== 'radio') return kind
  const hasOptions = optionsOf(draft).length > 0
  if (isMultiple(draft)) return hasOptions && !hasFlag(draft, 'props:select:allowCreate') ? 'choices' : 'list'
  return hasOptions ? kind : 'text'
}

/** The options that a control of this kind shows. */
export function controlOptionsFor(draft: DescriptorDraft, kind: ControlKind): ChoiceOption[] {
  return kind === 'select' || kind === 'radio' || kind === 'choices' || kind === 'list'
    ? optionsOf(draft)
    : []
}
