import { parseDependency } from './capability.ts'
import type { DescriptorDraft } from './descriptor-draft.ts'
import { argumentsOf } from './descriptor-draft.ts'
import type { Clause, FormControl, FormModel, FormNote, FormObject } from './form-model.ts'
import { formatPath, getAt, isAtOrBelow, parsePath } from './form-path.ts'
import type { FormPath } from './form-path.ts'
import { conditionText, numberOf } from './typed-value.ts'

/** A path that may start at the sibling: `.type` beside `a.b` is `a.type`. */
function resolvePath(text: string, at: FormPath): FormPath | null {
  const path = parsePath(text)
  return path !== null && text.startsWith('.') ? [...at.slice(0, -1), ...path] : path
}

/** `fieldDependency:` capabilities: every one of them must hold. */
export function dependenciesOf(draft: DescriptorDraft, notes: FormNote[]): Clause[] {
  const clauses: Clause[] = []
  for (const arg of argumentsOf(draft, 'com.tectonic.ui:fieldDependency')) {
    const parsed = parseDependency(arg)
    const path = parsed === null ? null : resolvePath(parsed.path, draft.path)
    if (parsed === null || path === null)
      notes.push({ code: 'unknown-capability', path: draft.id, text: `fieldDependency:${arg}`.slice(0, 200) })
    else clauses.push([{ path, value: parsed.value }])
  }
  return clauses
}

/** What `oneOf:<value>:<path>…` of one control says: while it has `value`, what is at `target` is shown. */
export interface Reveal {
  target: FormPath
  clause: Clause
}

/**
 * Reads the `oneOf:` capabilities of a control. A value may hold colons: what names a known option is the
 * value, else the longest tail of known paths are the targets.
 * @param isTarget whether a path is one that the form has
 */
export function revealsOf(
  draft: DescriptorDraft,
  optionValues: ReadonlySet<string>,
  isTarget: (path: FormPath) => boolean,
): Reveal[] {
  const byTarget = new Map<string, Reveal>()
  for (const arg of argumentsOf(draft, 'oneOf')) {
    const parts = arg.split(':').slice(0, 200)
    const targets = parts.map((part) => resolvePath(part, draft.path))
    let cut = parts.findIndex((_, index) => optionValues.has(parts.slice(0, index + 1).join(':'))) + 1
    if (cut === 0) {
      cut = parts.length
      while (cut > 1) {
        const target = targets[cut - 1]
        if (target === undefined || target === null || !isTarget(target)) break
        cut--
      }
      if (cut === parts.length) cut = 1
    }
    const value = parts.slice(0, cut).join(':')
    for (const target of targets.slice(cut)) {
      if (target === null) continue
      const key = formatPath(target)
      const reveal = byTarget.get(key) ?? { target, clause: [] }
      reveal.clause.push({ path: draft.path, value })
      byTarget.set(key, reveal)
    }
  }
  return [...byTarget.values()]
}

/** Gives each control the clauses of the reveals that name its path, a path above it, or its group. */
export function applyReveals(
  reveals: readonly Reveal[],
  controls: readonly FormControl[],
  groupsOf: (control: FormControl) => readonly string[],
): void {
  for (const { target, clause } of reveals) {
    const name = formatPath(target)
    for (const control of controls)
      if (isAtOrBelow(control.path, target) || groupsOf(control).includes(name)) control.when.push(clause)
  }
}

function holds(value: string, expected: string): boolean {
  if (value === expected) return true
  const number = numberOf(expected)
  return number !== null && numberOf(value) === number
}

/**
 * The ids of the controls that are shown with this config. A condition on a control that is itself not
 * shown does not hold; in a circle of conditions only the values count.
 */
export function shownControls(form: FormModel, config: FormObject): ReadonlySet<string> {
  const byPath = new Map<string, FormControl[]>()
  for (const control of form.controls) {
    const key = formatPath(control.path)
    const list = byPath.get(key)
    if (list === undefined) byPath.set(key, [control])
    else list.push(control)
  }
  const known = new Map<FormControl, boolean>()
  const applies = (control: FormControl): boolean => {
    const answer = known.get(control)
    if (answer !== undefined) return answer
    known.set(control, true)
    const result = control.when.every((clause) =>
      clause.some(({ path, value }) => {
        const sources = byPath.get(formatPath(path)) ?? []
        const current = getAt(config, path)
        const isOff = current === undefined && value === 'false' && sources[0]?.kind === 'switch'
        const matches =
          isOff ||
          (Array.isArray(current)
            ? current.some((item) => holds(conditionText(item), value))
            : holds(conditionText(current), value))
        return matches && (sources.length === 0 || sources.some(applies))
      }),
    )
    known.set(control, result)
    return result
  }
  const shown = new Set<string>()
  for (const control of form.controls) if (applies(control) && !control.hidden) shown.add(control.id)
  return shown
}
