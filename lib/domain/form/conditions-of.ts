import { parseDependency } from './capability.ts'
import type { ControlCollector } from './control-collector.ts'
import type { DescriptorDraft } from './descriptor-draft.ts'
import { argumentsOf } from './descriptor-draft.ts'
import type { Clause } from './form-model.ts'
import { parsePath } from './form-path.ts'
import type { FormPath } from './form-path.ts'

/** More conditions than anyone writes on one descriptor. */
const MAX_DEPENDENCIES = 32

const known = new WeakMap<DescriptorDraft, Clause[]>()

/** A path seen from a row: what leads into the list that `at` stands in means the same row. */
function inSameRow(path: FormPath, at: FormPath): FormPath {
  const result: (string | number | null)[] = []
  let isSame = true
  for (const step of path) {
    const place = isSame ? at[result.length] : undefined
    if (place === null) {
      result.push(null)
      // The row may be left out, or be any number: `list.key`, `list[0].key`.
      if (typeof step !== 'string') continue
    }
    isSame &&= at[result.length] === step
    result.push(step)
  }
  return result
}

/** A path as a descriptor at `at` writes it; one with a leading dot starts beside it. Null for what is no path. */
export function pathFrom(text: string, at: FormPath): FormPath | null {
  const path = parsePath(text)
  if (path === null) return null
  return text.startsWith('.') ? [...at.slice(0, -1), ...path] : inSameRow(path, at)
}

/** The `fieldDependency:` capabilities of a descriptor: every one of them must hold. The same clauses each time. */
export function dependenciesOf(draft: DescriptorDraft, into: ControlCollector): readonly Clause[] {
  const before = known.get(draft)
  if (before !== undefined) return before
  const clauses: Clause[] = []
  for (const arg of argumentsOf(draft, 'com.tectonic.ui:fieldDependency')) {
    const parsed = parseDependency(arg)
    const path = parsed === null ? null : pathFrom(parsed.path, draft.path)
    if (parsed === null || path === null || clauses.length >= MAX_DEPENDENCIES)
      into.note('unknown-capability', draft.id, `fieldDependency:${arg}`)
    else clauses.push([{ path, value: parsed.value }])
  }
  known.set(draft, clauses)
  return clauses
}
