import type { FormControl, FormNote } from './form-model.ts'
import { isPatternUsable, patternCost } from './form-pattern.ts'

const MAX_NOTES = 500
const MAX_NOTE = 200
/** What all different patterns of a form may cost: no more than 500 of them, which stay compiled. */
const MAX_PATTERNS = 40_000

/** What all levels of one form share while it is compiled. */
interface Shared {
  all: FormControl[]
  /** How many controls asked for an id. */
  ids: Map<string, number>
  notes: FormNote[]
  known: Set<string>
  maxControls: number
  /** Patterns that were asked for, and what more of them may cost. */
  patterns: Map<string, boolean>
  patternsLeft: number
}

/** Collects what a form consists of while it is compiled. */
export class ControlCollector {
  /** The controls of this level: the form's, or those of one kind of row. */
  readonly controls: FormControl[] = []
  readonly #shared: Shared

  constructor(maxControls: number, shared?: Shared) {
    this.#shared = shared ?? {
      all: [],
      ids: new Map(),
      notes: [],
      known: new Set(),
      maxControls,
      patterns: new Map(),
      patternsLeft: MAX_PATTERNS,
    }
  }

  /** The controls of all levels. */
  get all(): readonly FormControl[] {
    return this.#shared.all
  }

  get notes(): FormNote[] {
    return this.#shared.notes
  }

  /** Whether no more controls are taken; asked for each one, and noted. */
  isFull(): boolean {
    const isFull = this.#shared.all.length >= this.#shared.maxControls
    if (isFull) this.note('form-cut', '', '')
    return isFull
  }

  /** A collector for the controls of a row. */
  inner(): ControlCollector {
    return new ControlCollector(this.#shared.maxControls, this.#shared)
  }

  has(id: string): boolean {
    return this.#shared.ids.has(id)
  }

  /** Takes a control in; one whose id is taken gets another. */
  add(control: FormControl): void {
    const { ids } = this.#shared
    const { id } = control
    let count = (ids.get(id) ?? 0) + 1
    while (count > 1 && ids.has(`${id}#${count}`)) count++
    ids.set(id, count)
    if (count > 1) {
      control.id = `${id}#${count}`
      ids.set(control.id, 1)
    }
    this.#shared.all.push(control)
    this.controls.push(control)
  }

  /** Makes controls that another level took in stand at this one. */
  adopt(controls: readonly FormControl[]): void {
    for (const control of controls) this.controls.push(control)
  }

  /** Whether a pattern of the control `id` is enforced; one that isn't is noted. */
  takesPattern(pattern: string, id: string): boolean {
    const { patterns } = this.#shared
    let isTaken = patterns.get(pattern)
    if (isTaken === undefined) {
      this.#shared.patternsLeft -= patternCost(pattern)
      isTaken = this.#shared.patternsLeft >= 0 && isPatternUsable(pattern)
      patterns.set(pattern, isTaken)
    }
    if (!isTaken) this.note('pattern-not-enforced', id, pattern)
    return isTaken
  }

  /** Notes something once; `text` is cut to what a page can show. */
  note(code: FormNote['code'], path: string, text: string): void {
    const { notes, known } = this.#shared
    const note = { code, path, text: text.slice(0, MAX_NOTE) }
    const key = `${code} ${path} ${note.text}`
    if (known.has(key) || notes.length >= MAX_NOTES) return
    known.add(key)
    notes.push(note)
  }
}
