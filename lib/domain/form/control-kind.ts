import type { CapabilityName } from './capability.ts'
import { optionsOf } from './control-options.ts'
import type { DescriptorDraft } from './descriptor-draft.ts'
import { argumentsOf, hasFlag } from './descriptor-draft.ts'
import type { ChoiceOption, ControlKind } from './form-model.ts'
import { parsePickerSource } from './picker-source.ts'
import { dependencyAt } from './plain-control.ts'

const SIMPLE: readonly [CapabilityName, ControlKind][] = [
  ['com.tectonic.ui:booleanSwitch', 'switch'],
  ['com.tectonic.ui:checkbox', 'switch'],
  ['com.tectonic.ui:radio', 'radio'],
  ['com.tectonic.ui:select', 'select'],
  ['props:select:options', 'select'],
  ['com.tectonic.ui:imagePullPolicy', 'select'],
  ['io.kubernetes', 'picker'],
  ['com.tectonic.ui:tagsInput', 'list'],
  ['com.tectonic.ui:number', 'number'],
  ['com.tectonic.ui:podCount', 'number'],
  ['com.tectonic.ui:textarea', 'textarea'],
  ['com.tectonic.ui:password', 'password'],
  ['com.tectonic.ui:yaml', 'data'],
  ['com.tectonic.ui:resourceRequirements', 'resources'],
  ['com.tectonic.ui:nodeAffinity', 'data'],
  ['com.tectonic.ui:podAffinity', 'data'],
  ['com.tectonic.ui:podAntiAffinity', 'data'],
  ['com.tectonic.ui:text', 'text'],
  ['com.tectonic.ui:label', 'text'],
  ['text', 'text'],
]

export function isMultiple(draft: DescriptorDraft): boolean {
  return hasFlag(draft, 'com.tectonic.ui:multiple', 'props:select:multiple')
}

/** `requests:cpu` and the like: the one amount that a descriptor is about; null when it is about all of them. */
export function amountOf(draft: DescriptorDraft): { part: 'requests' | 'limits'; resource: string } | null {
  const args = argumentsOf(draft, 'com.tectonic.ui:resourceRequirements').filter((arg) => arg.includes(':'))
  const found = args.length === 1 ? /^(requests|limits):(.+)$/s.exec(args[0] ?? '') : null
  if (found === null) return null
  return { part: found[1] === 'limits' ? 'limits' : 'requests', resource: found[2] ?? '' }
}

function isPicker(draft: DescriptorDraft): boolean {
  return argumentsOf(draft, 'io.kubernetes').some((arg) => parsePickerSource(arg).source !== null)
}

/** What a descriptor says its control is; null when it leaves that to the value. */
export function controlKindOf(draft: DescriptorDraft): ControlKind | null {
  const named = SIMPLE.find(([name]) => draft.capabilities.some((entry) => entry.name === name))?.[1] ?? null
  const isChoice = named === 'select' || named === 'radio'
  const hasOptions = isChoice && optionsOf(draft).length > 0
  if (dependencyAt(draft.path) !== null && !hasOptions) return 'picker'
  if (named === 'picker') return isPicker(draft) ? 'picker' : 'text'
  if (named === 'resources') return amountOf(draft) === null ? 'resources' : 'quantity'
  if (!isChoice) return named
  if (!hasOptions && isPicker(draft)) return 'picker'
  if (isMultiple(draft)) return hasOptions && !hasFlag(draft, 'props:select:allowCreate') ? 'choices' : 'list'
  return hasOptions ? named : 'text'
}

/** The options that a control of this kind shows. */
export function controlOptionsFor(draft: DescriptorDraft, kind: ControlKind): ChoiceOption[] {
  return kind === 'select' || kind === 'radio' || kind === 'choices' || kind === 'list'
    ? optionsOf(draft)
    : []
}
