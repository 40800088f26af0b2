import { compileControl } from './compile-control.ts'
import { applyReveals, dependenciesOf, revealsOf } from './conditions.ts'
import type { Reveal } from './conditions.ts'
import { PLAIN, controlKindOf } from './control-kind.ts'
import { deriveControls, kindOfValue, plainControl } from './derive-controls.ts'
import type { Compiling } from './derive-controls.ts'
import { argumentsOf, hasFlag } from './descriptor-draft.ts'
import type { DescriptorDraft } from './descriptor-draft.ts'
import { LayoutBuilder, groupChain } from './form-layout.ts'
import type { FormControl, FormModel, FormNode, FormObject } from './form-model.ts'
import { formatPath, getAt, isAtOrBelow, isObject, parsePath } from './form-path.ts'
import type { FormPath } from './form-path.ts'
import { groupRowsOf } from './read-descriptors.ts'
import { wordsOf } from './words-of.ts'

/** Where a control for something below a list's every item has to stand: at the list itself. */
function listPathOf(draft: DescriptorDraft): FormPath | null {
  for (const arg of argumentsOf(draft, 'com.tectonic.ui:arrayFieldGroup')) {
    const path = parsePath(arg)
    if (path !== null && isAtOrBelow(draft.path, path)) return path
  }
  const each = draft.path.indexOf(null)
  return each > 0 ? draft.path.slice(0, each) : null
}

function noteCapabilities(draft: DescriptorDraft, into: Compiling): void {
  for (const { name, text } of draft.capabilities)
    if (name === null || PLAIN.includes(name))
      into.notes.push({
        code: name === null ? 'unknown-capability' : 'plain-editor',
        path: draft.id,
        text: text.slice(0, 200),
      })
}

/** The nodes without the controls that others have, and without groups left empty. */
function onlyWith(nodes: readonly FormNode[], ids: ReadonlySet<string>): FormNode[] {
  return nodes.flatMap((node): FormNode[] => {
    if (node.type === 'control') return ids.has(node.id) ? [node] : []
    const children = onlyWith(node.children, ids)
    return children.length > 0 ? [{ ...node, children }] : []
  })
}

function hasText(text: { en?: string; zh?: string }): boolean {
  return text.en !== undefined || text.zh !== undefined
}

class DescriptorCompiler {
  readonly main: LayoutBuilder
  readonly advanced: LayoutBuilder
  readonly #into: Compiling
  readonly #values: FormObject
  readonly #rows: Map<string, DescriptorDraft>
  readonly #ids: ReadonlySet<string>
  readonly #targets = new Set<string>()
  readonly #taken = new Set<string>()
  readonly #lists = new Map<string, FormControl>()
  readonly #groups = new Map<FormControl, string[]>()
  readonly #reveals: Reveal[] = []

  constructor(drafts: readonly DescriptorDraft[], values: FormObject, into: Compiling) {
    this.#into = into
    this.#values = values
    this.#rows = groupRowsOf(drafts, values)
    this.#ids = new Set(drafts.map((draft) => draft.id))
    this.main = new LayoutBuilder(this.#rows)
    this.advanced = new LayoutBuilder(this.#rows)
    for (const draft of drafts) {
      for (let end = 1; end <= draft.path.length; end++)
        this.#targets.add(formatPath(draft.path.slice(0, end)))
      for (const id of groupChain(draft.group)) this.#targets.add(id)
    }
  }

  add(draft: DescriptorDraft): void {
    noteCapabilities(draft, this.#into)
    if (this.#rows.get(draft.group) === draft) return
    const listPath = listPathOf(draft)
    if (listPath !== null) this.#addList(draft, listPath)
    else if (controlKindOf(draft) === null && this.#isFilledObject(draft.path)) this.#addObject(draft)
    else this.#addControl(draft)
  }

  finish(): void {
    applyReveals(this.#reveals, this.#into.controls, (control) => this.#groups.get(control) ?? [])
  }

  #isFilledObject(path: FormPath): boolean {
    const value = getAt(this.#values, path)
    return isObject(value) && Object.keys(value).length > 0
  }

  #addControl(draft: DescriptorDraft): void {
    const kind = controlKindOf(draft) ?? kindOfValue(getAt(this.#values, draft.path))
    const control = compileControl(draft, kind, this.#values, this.#into.notes)
    for (let count = 2; this.#taken.has(control.id); count++) control.id = `${draft.id}#${count}`
    this.#place(draft, [control], [{ type: 'control', id: control.id }])
    if (this.#reveals.length >= this.#into.maxControls) return
    const values = new Set(control.options.map((option) => String(option.value)))
    if (kind === 'switch') for (const value of ['true', 'false']) values.add(value)
    this.#reveals.push(...revealsOf(draft, values, (path) => this.#targets.has(formatPath(path))))
  }

  /** Controls for a list's items are one editor for the whole list. */
  #addList(draft: DescriptorDraft, path: FormPath): void {
    const key = draft.path[path.length + 1]
    const known = this.#lists.get(formatPath(path))
    if (known !== undefined) {
      if (typeof key === 'string') known.placeholder.en = `${known.placeholder.en ?? '-'}\n  ${key}:`
      return
    }
    if (this.#taken.has(formatPath(path))) return
    const control = plainControl(path, 'data', getAt(this.#values, path))
    this.#lists.set(control.id, control)
    control.label = { en: wordsOf(control.label.en ?? control.id) }
    // What an entry looks like, as the others of the list add to it.
    if (typeof key === 'string') control.placeholder = { en: `- ${key}:` }
    control.immutable = draft.immutable
    control.hidden = hasFlag(draft, 'com.tectonic.ui:hidden')
    this.#place(draft, [control], [{ type: 'control', id: control.id }])
  }

  /** An object of which nothing is said gets controls for what it holds, except what has its own. */
  #addObject(draft: DescriptorDraft): void {
    const part: Compiling = { ...this.#into, controls: [] }
    const nodes = deriveControls(getAt(this.#values, draft.path), draft.path, part)
    const made = part.controls.filter(({ id }) => !this.#ids.has(id) && !this.#taken.has(id))
    for (const control of made) {
      control.hidden = hasFlag(draft, 'com.tectonic.ui:hidden')
      control.disabled = hasFlag(draft, 'com.tectonic.ui:disabled')
      control.immutable = draft.immutable
    }
    const children = onlyWith(nodes, new Set(made.map((control) => control.id)))
    if (children.length === 0) return
    const label = hasText(draft.label) ? draft.label : { en: formatPath(draft.path.slice(-1)) }
    this.#place(draft, made, [
      { type: 'group', id: draft.id, label, description: draft.description, children },
    ])
  }

  #place(draft: DescriptorDraft, made: readonly FormControl[], nodes: readonly FormNode[]): void {
    const chain = groupChain(draft.group)
    const rows = chain.map((id) => this.#rows.get(id)).filter((row) => row !== undefined)
    const clauses = [...rows, draft].flatMap((row) => dependenciesOf(row, this.#into.notes))
    const isHidden = rows.some((row) => hasFlag(row, 'com.tectonic.ui:hidden'))
    for (const control of made) {
      control.when.push(...clauses)
      control.hidden ||= isHidden
      this.#groups.set(control, chain)
      this.#taken.add(control.id)
      this.#into.controls.push(control)
    }
    const isAdvanced = draft.advanced || rows.some((row) => row.advanced)
    ;(isAdvanced ? this.advanced : this.main).add(draft.group, nodes)
  }
}

/**
 * Compiles a list of descriptors.
 * @param values what is configured, telling types and what objects hold
 * @param into gets controls and notes
 */
export function compileDescriptors(
  drafts: readonly DescriptorDraft[],
  values: FormObject,
  into: Compiling,
): Pick<FormModel, 'layout' | 'advanced'> {
  const compiler = new DescriptorCompiler(drafts, values, into)
  for (const draft of drafts) if (into.controls.length < into.maxControls) compiler.add(draft)
  compiler.finish()
  return { layout: compiler.main.nodes, advanced: compiler.advanced.nodes }
}
