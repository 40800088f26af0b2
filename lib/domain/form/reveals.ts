import { pathFrom } from './conditions-of.ts'
import type { DescriptorDraft } from './descriptor-draft.ts'
import { argumentsOf } from './descriptor-draft.ts'
import type { Clause, FormControl } from './form-model.ts'
import { formatPath, prefixTexts } from './form-path.ts'
import type { FormPath } from './form-path.ts'

const MAX_PARTS = 200
const MAX_REVEALS = 20_000

/**
 * What the `oneOf:` capabilities of a form show: by target, the values of which one must be there. Several controls
 * may show the same target; one is enough.
 */
export class Reveals {
  readonly #byPath = new Map<string, Clause>()
  readonly #byGroup = new Map<string, Clause>()
  readonly #targets: ReadonlySet<string>
  readonly #rowPath: (path: FormPath) => FormPath
  #count = 0

  /**
   * @param targets everything that the form has: paths, paths above them, groups
   * @param rowPath writes numbers into lists of rows as `null`
   */
  constructor(targets: ReadonlySet<string>, rowPath: (path: FormPath) => FormPath) {
    this.#targets = targets
    this.#rowPath = rowPath
  }

  /**
   * Reads a control's capabilities. A value may hold colons: what names a known option is the value, else the longest
   * tail of known targets are the targets.
   * @param path the control's own
   */
  read(draft: DescriptorDraft, path: FormPath, optionValues: ReadonlySet<string>): void {
    for (const arg of argumentsOf(draft, 'oneOf')) {
      if (this.#count >= MAX_REVEALS) return
      const parts = arg.split(':', MAX_PARTS)
      const cut = this.#cutOf(parts, draft.path, optionValues)
      const value = parts.slice(0, cut).join(':')
      for (const text of parts.slice(cut)) {
        this.#count++
        const target = pathFrom(text, draft.path)
        if (target !== null) this.#add(this.#byPath, formatPath(this.#rowPath(target)), path, value)
        this.#add(this.#byGroup, text, path, value)
      }
    }
  }

  #cutOf(parts: readonly string[], at: FormPath, optionValues: ReadonlySet<string>): number {
    let value = ''
    for (const [index, part] of parts.entries()) {
      value += index === 0 ? part : `:${part}`
      if (optionValues.has(value)) return index + 1
    }
    let cut = parts.length
    while (cut > 1 && this.#isTarget(parts[cut - 1] ?? '', at)) cut--
    return cut === parts.length ? 1 : cut
  }

  #isTarget(text: string, at: FormPath): boolean {
    if (this.#targets.has(text)) return true
    const path = pathFrom(text, at)
    return path !== null && this.#targets.has(formatPath(this.#rowPath(path)))
  }

  #add(map: Map<string, Clause>, key: string, path: FormPath, value: string): void {
    const clause = map.get(key)
    if (clause === undefined) map.set(key, [{ path, value }])
    else clause.push({ path, value })
  }

  /** Gives each control the clauses that name its path, a path above it, or one of its groups. */
  apply(controls: readonly FormControl[], groupsOf: (control: FormControl) => readonly string[]): void {
    if (this.#byPath.size === 0 && this.#byGroup.size === 0) return
    for (const control of controls) {
      const texts = prefixTexts(control.path)
      const own = texts.at(-1)
      const clauses = [
        ...texts.map((text) => this.#byPath.get(text)),
        ...groupsOf(control).map((group) => this.#byGroup.get(group)),
      ]
      for (const clause of new Set(clauses))
        // A control that shows the group it stands in is not hidden by that itself.
        if (clause?.some(({ path }) => formatPath(path) !== own)) control.when.push(clause)
    }
  }
}
