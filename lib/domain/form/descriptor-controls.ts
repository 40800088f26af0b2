import { compileControl, defaultOf } from './compile-control.ts'
import { rowsControl, scalarList, valueList } from './compile-list.ts'
import { dependenciesOf, hasUnreadable } from './conditions-of.ts'
import type { ControlCollector } from './control-collector.ts'
import { controlKindOf } from './control-kind.ts'
import { deriveControls, labelFromPath } from './derive-controls.ts'
import { hasFlag } from './descriptor-draft.ts'
import type { DescriptorDraft } from './descriptor-draft.ts'
import { LayoutBuilder, groupChain } from './form-layout.ts'
import type { ControlKind, FormControl, FormModel, FormNode, FormObject, FormValue } from './form-model.ts'
import { formatPath, isObject, prefixTexts } from './form-path.ts'
import { groupHeaders } from './group-headers.ts'
import { guessKind } from './guess-kind.ts'
import { draftEntries } from './list-drafts.ts'
import type { DraftEntry } from './list-drafts.ts'
import { parsePickerSource } from './picker-source.ts'
import { Reveals } from './reveals.ts'
import { RowPaths, withRowPaths } from './row-paths.ts'
import { sampleAt } from './sample-at.ts'
import { endpointRow, shapeControls, shapeOf } from './shape-controls.ts'
import { hasText } from './words-of.ts'

/** What all levels of a form share. */
interface Whole {
  values: FormObject
  rows: RowPaths
  reveals: Reveals
  /** Ids of all descriptors. */
  ids: ReadonlySet<string>
  /** The groups that a control is in, outermost first. */
  groups: Map<FormControl, readonly string[]>
}

/** Compiles the descriptors of the form, or those for the rows of one list. */
class LevelCompiler {
  readonly main: LayoutBuilder
  readonly advanced: LayoutBuilder
  readonly #whole: Whole
  readonly #into: ControlCollector
  readonly #entries: readonly DraftEntry[]
  readonly #headers: ReadonlyMap<string, DescriptorDraft>

  constructor(drafts: readonly DescriptorDraft[], depth: number, whole: Whole, into: ControlCollector) {
    this.#whole = whole
    this.#into = into
    this.#entries = draftEntries(drafts, depth, whole.rows)
    this.#headers = groupHeaders(this.#entries, whole.values)
    this.main = new LayoutBuilder(this.#headers)
    this.advanced = new LayoutBuilder(this.#headers)
  }

  compile(): void {
    for (const entry of this.#entries) {
      if (this.#into.isFull()) return
      for (const { name, arg, text } of entry.draft.capabilities)
        if (name === null || (name === 'io.kubernetes' && parsePickerSource(arg).source === null))
          this.#into.note('unknown-capability', entry.draft.id, text)
      if (entry.list !== undefined) this.#addList(entry.draft, entry.list)
      else if (this.#headers.get(entry.draft.group) !== entry.draft) this.#addDraft(entry.draft)
    }
  }

  #addDraft(draft: DescriptorDraft): void {
    const { values } = this.#whole
    const value = sampleAt(values, draft.path)
    const named = controlKindOf(draft)
    const shape = named === null ? shapeOf(draft, value) : null
    if (shape !== null)
      return this.#addGroup(draft, (inside, isWanted) =>
        shapeControls(shape, draft.path, values, inside, isWanted),
      )
    const kind = named ?? this.#kindOf(draft, value)
    if (named === null && kind === 'data' && isObject(value) && Object.keys(value).length > 0)
      return this.#addGroup(draft, (inside, isWanted) => deriveControls(value, draft.path, inside, isWanted))
    if (kind !== 'rows') return this.#addControl(draft, compileControl(draft, kind, values, this.#into))
    const row = endpointRow(draft, values, this.#into)
    if (row === null) return this.#addControl(draft, valueList(draft, values, this.#into))
    this.#addControl(draft, { ...rowsControl(draft, values, this.#into), row })
  }

  /** What the value suggests, where the descriptor says nothing of a control. */
  #kindOf(draft: DescriptorDraft, value: FormValue | undefined): ControlKind {
    if (hasFlag(draft, 'com.tectonic.ui:endpointList') && (value === undefined || Array.isArray(value)))
      return 'rows'
    const isMap = hasFlag(draft, 'com.tectonic.ui:selector') && isObject(value)
    if (isMap && Object.values(value).every((item) => typeof item === 'string')) return 'map'
    const kind = guessKind(value === undefined ? defaultOf(draft) : value, draft.path)
    // A list of objects that nothing stands for yet has no fields to show.
    return kind === 'rows' && value === undefined ? 'data' : kind
  }

  #addControl(draft: DescriptorDraft, control: FormControl): void {
    this.#into.add(control)
    this.#place(draft, [control], [{ type: 'control', id: control.id }])
    const values = new Set(control.options.map((option) => String(option.value)))
    if (control.kind === 'switch') for (const value of ['true', 'false']) values.add(value)
    this.#whole.reveals.read(draft, control.path, values)
  }

  #addList(draft: DescriptorDraft, list: NonNullable<DraftEntry['list']>): void {
    const { values } = this.#whole
    const own = hasText(draft.label) ? draft : { ...draft, label: labelFromPath(draft.path) }
    const { item, members } = list
    if (members.length === 0)
      return this.#addControl(
        own,
        item === null ? valueList(own, values, this.#into) : scalarList(draft, item, values, this.#into),
      )
    const control = rowsControl(own, values, this.#into)
    this.#addControl(own, control)
    const inside = this.#into.inner()
    const level = new LevelCompiler(members, draft.path.length + 1, this.#whole, inside)
    level.compile()
    control.row = { controls: inside.controls, layout: [...level.main.nodes, ...level.advanced.nodes] }
  }

  /** Controls for the parts of an object, as a group; what has a descriptor of its own is left to that. */
  #addGroup(
    draft: DescriptorDraft,
    make: (inside: ControlCollector, isWanted: (id: string) => boolean) => FormNode[],
  ): void {
    const inside = this.#into.inner()
    const children = make(inside, (id) => !this.#whole.ids.has(id) && !this.#into.has(id))
    if (children.length === 0) return
    for (const control of inside.controls) {
      control.hidden = hasFlag(draft, 'com.tectonic.ui:hidden')
      control.disabled = hasFlag(draft, 'com.tectonic.ui:disabled')
      control.immutable = draft.immutable
    }
    const label = hasText(draft.label) ? draft.label : { en: formatPath(draft.path.slice(-1)) }
    const group: FormNode = { type: 'group', id: draft.id, label, description: draft.description, children }
    this.#into.adopt(inside.controls)
    this.#place(draft, inside.controls, [group])
  }

  /** Puts controls where their group is, with its conditions. */
  #place(draft: DescriptorDraft, made: readonly FormControl[], nodes: readonly FormNode[]): void {
    const headers = groupChain(draft.group).map((id) => this.#headers.get(id))
    const rows = headers.filter((row) => row !== undefined)
    const clauses = [...rows, draft].flatMap((row) => dependenciesOf(row, this.#into))
    const isUnsure = [...rows, draft].some(hasUnreadable)
    const isHidden = rows.some((row) => hasFlag(row, 'com.tectonic.ui:hidden'))
    const chain = groupChain(draft.fullGroup)
    for (const control of made) {
      control.when.push(...clauses)
      control.hidden ||= isHidden
      if (isUnsure) delete control.rules.required
      this.#whole.groups.set(control, chain)
    }
    const isAdvanced = draft.advanced || rows.some((row) => row.advanced)
    ;(isAdvanced ? this.advanced : this.main).add(draft.group, nodes)
  }
}

/** Everything that a `oneOf` may name: paths of descriptors, those above them, and groups. */
function targetsOf(drafts: readonly DescriptorDraft[]): Set<string> {
  const targets = new Set<string>()
  for (const draft of drafts)
    for (const text of [...prefixTexts(draft.path), ...groupChain(draft.fullGroup)]) targets.add(text)
  return targets
}

/**
 * Compiles a list of descriptors.
 * @param values what is configured, telling types and what objects hold
 * @param into gets controls and notes
 */
export function compileDescriptors(
  descriptors: readonly DescriptorDraft[],
  values: FormObject,
  into: ControlCollector,
): Pick<FormModel, 'layout' | 'advanced'> {
  const rows = new RowPaths(descriptors)
  const drafts = withRowPaths(descriptors, rows, into)
  const whole: Whole = {
    values,
    rows,
    reveals: new Reveals(targetsOf(drafts), (path) => rows.of(path)),
    ids: new Set(drafts.map((draft) => draft.id)),
    groups: new Map(),
  }
  const level = new LevelCompiler(drafts, 0, whole, into)
  level.compile()
  whole.reveals.apply(into.all, (control) => whole.groups.get(control) ?? [])
  return { layout: level.main.nodes, advanced: level.advanced.nodes }
}
