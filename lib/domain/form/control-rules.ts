import type { ControlCollector } from './control-collector.ts'
import type { DescriptorDraft } from './descriptor-draft.ts'
import { argumentsOf } from './descriptor-draft.ts'
import type { ControlRules } from './form-model.ts'
import { numberOf } from './typed-value.ts'

const NUMERIC = ['minimum', 'maximum', 'minLength', 'maxLength'] as const

/** The `validation:` capabilities of a descriptor; what can't be enforced becomes a note. */
export function rulesOf(draft: DescriptorDraft, into: ControlCollector): ControlRules {
  const rules: ControlRules = {}
  for (const entry of argumentsOf(draft, 'com.tectonic.ui:validation')) {
    const colon = entry.indexOf(':')
    const kind = colon < 0 ? entry : entry.slice(0, colon)
    const arg = colon < 0 ? '' : entry.slice(colon + 1)
    const numeric = NUMERIC.find((name) => name === kind)
    const bound = numberOf(arg)
    if (kind === 'required') {
      if (arg !== 'false') rules.required = true
    } else if (numeric !== undefined && bound !== null) rules[numeric] = bound
    else if (kind === 'pattern') {
      if (into.takesPattern(arg, draft.id) && arg !== '') rules.pattern = arg
    } else into.note('unknown-capability', draft.id, `validation:${entry}`)
  }
  if (argumentsOf(draft, 'com.tectonic.ui:podCount').length > 0) {
    rules.integer = true
    rules.minimum ??= 0
  }
  return rules
}
