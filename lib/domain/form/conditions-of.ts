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

/** The path one dotted step up; a list and its row are one step. */
function above(path: FormPath): FormPath {
  const end = path.findLastIndex((step) => typeof step === 'string')
  return path.slice(0, Math.max(0, end))
}

/**
 * A path as a descriptor at `at` writes it. One leading dot starts beside it, two beside what it stands in, and so on.
 * Null for what is no path, or leads above the configuration.
 */
export function pathFrom(text: string, at: FormPath): FormPath | null {
  const dots = /^\.*/.exec(text)?.[0].length ?? 0
  const path = parsePath(text.slice(dots))
  if (path === null || dots > at.length) return null
  if (dots === 0) return inSameRow(path, at)
  let base = at
  for (let count = 0; count < dots; count++) {
    if (base.length === 0) return null
    base = above(base)
  }
  return [...base, ...path]
}

/** Descriptors with a condition that nobody can read. */
const unreadable = new WeakSet<DescriptorDraft>()

/** The `fieldDependency:` capabilities of a descriptor: every one of them must hold. The same clauses each time. */
export function dependenciesOf(draft: DescriptorDraft, into: ControlCollector): readonly Clause[] {
  const before = known.get(draft)
  if (before !== undefined) return before
  const clauses: Clause[] = []
  for (const arg of argumentsOf(draft, 'com.tectonic.ui:fieldDependency')) {
    const parsed = parseDependency(arg)
    const path = parsed === null ? null : pathFrom(parsed.path, draft.path)
    if (parsed !== null && path !== null && clauses.length < MAX_DEPENDENCIES)
      clauses.push([{ path, value: parsed.value }])
    else {
      unreadable.add(draft)
      into.note('unknown-capability', draft.id, `fieldDependency:${arg}`)
    }
  }
  known.set(draft, clauses)
  return clauses
}

/**
 * Whether a condition of a descriptor could not be read (`dependenciesOf` has seen it): its control is shown where it
 * was perhaps not meant to be, so nothing may be demanded there.
 */
export function hasUnreadable(draft: DescriptorDraft): boolean {
  return unreadable.has(draft)
}
