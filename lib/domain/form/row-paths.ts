import type { ControlCollector } from './control-collector.ts'
import type { DescriptorDraft } from './descriptor-draft.ts'
import { argumentsOf } from './descriptor-draft.ts'
import { formatPath, isAtOrBelow, parsePath, prefixTexts } from './form-path.ts'
import type { FormPath, Step } from './form-path.ts'

function allRows(path: FormPath): FormPath {
  return path.map((step) => (typeof step === 'number' ? null : step))
}

/** The lists that a descriptor speaks of as rows, with `null` steps for outer rows. */
function listsOf(draft: DescriptorDraft): FormPath[] {
  const lists: FormPath[] = []
  const args = argumentsOf(draft, 'com.tectonic.ui:arrayFieldGroup')
  // With the capability, a number stands for every row; without, it is one certain entry.
  const path = args.length > 0 ? allRows(draft.path) : draft.path
  path.forEach((step, index) => {
    if (step === null && index > 0) lists.push(path.slice(0, index))
  })
  for (const arg of args) {
    const named = parsePath(arg)
    const list = named === null ? null : allRows(named)
    // Anything else is the name of a group, as OLM has it: the path itself tells the list, or is it.
    if (list !== null && isAtOrBelow(path, list)) lists.push(list.at(-1) === null ? list.slice(0, -1) : list)
    else if (lists.length === 0) lists.push(path)
  }
  return lists
}

/** Which lists are edited as rows, by what the descriptors of a form say. */
export class RowPaths {
  readonly #lists = new Set<string>()

  constructor(drafts: readonly DescriptorDraft[]) {
    for (const draft of drafts)
      for (const list of listsOf(draft)) if (list.length > 0) this.#lists.add(formatPath(list))
    // `a[0].b` where `a` is known to have rows only by another descriptor.
    for (const text of this.#lists) {
      const list = parsePath(text)
      if (list !== null) this.#lists.add(formatPath(this.of(list)))
    }
  }

  isList(path: FormPath): boolean {
    return this.#lists.has(formatPath(path))
  }

  /** A path with `null` for the row wherever it leads into a list of rows. */
  of(path: FormPath): FormPath {
    if (this.#lists.size === 0) return path
    const result: Step[] = []
    let text = ''
    for (const step of path) {
      if (this.#lists.has(text)) {
        result.push(null)
        text = `${text}[]`
        if (typeof step !== 'string') continue
      }
      result.push(step)
      text = prefixTexts(result).at(-1) ?? ''
    }
    return result
  }
}

/** Lists in lists that a form shows. */
const MAX_NESTED = 8

/** The drafts with the row's `null` in their paths; those in more lists than anyone nests are noted and left out. */
export function withRowPaths(
  drafts: readonly DescriptorDraft[],
  rows: RowPaths,
  into: ControlCollector,
): DescriptorDraft[] {
  return drafts.flatMap((draft) => {
    const path = rows.of(draft.path)
    if (path.filter((step) => step === null).length > MAX_NESTED) {
      into.note('path-unusable', '', draft.id)
      return []
    }
    return path.length === draft.path.length && path.every((step, index) => step === draft.path[index])
      ? [draft]
      : [{ ...draft, path, id: formatPath(path) }]
  })
}
