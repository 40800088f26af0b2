import { carryOver } from '#lib/domain/form/carry-over.ts'
import { NO_EDITS } from '#lib/domain/form/config-of.ts'
import type { FormEdits } from '#lib/domain/form/config-of.ts'
import { stateFromConfig } from '#lib/domain/form/form-from-config.ts'
import type { FormModel, FormObject, FormValue } from '#lib/domain/form/form-model.ts'
import { getAt, isAtOrBelow, isObject, removeAt, setAt } from '#lib/domain/form/form-path.ts'
import type { FormPath } from '#lib/domain/form/form-path.ts'
import { isSameJson } from '#lib/domain/same-json.ts'
import type { YamlMapReading } from '#lib/domain/form/yaml-reader.ts'

/** A configuration in the making. On each side its own part counts: `base` with `edits`, or the YAML. */
export interface DraftState {
  side: 'form' | 'yaml'
  /** What it began with: the defaults, what is installed, what an upgrade proposes. */
  from: FormObject
  /** What the edits apply to: `from`, or what was written on the YAML side. */
  base: FormObject
  edits: FormEdits
  /** The YAML as the user left it; null before they wrote any. */
  text: string | null
  reading: YamlMapReading | null
  /**
   * What the YAML is to say, where `text` does not say it yet: `later` while the form that it comes from is loading,
   * null once the user goes on writing.
   */
  asked: FormObject | 'later' | null
}

export function newDraft(from: FormObject): DraftState {
  return { side: 'form', from, base: from, edits: NO_EDITS, text: null, reading: null, asked: null }
}

/** What the YAML says; null where it can't be read, or was never opened. */
export function yamlConfig({ asked, reading }: DraftState): FormObject | null {
  if (asked !== null) return asked === 'later' ? null : asked
  return reading !== null && 'map' in reading ? reading.map : null
}

/** To the YAML side, which is to say what the form does. */
export function openYaml(state: DraftState, config: FormObject | 'later'): DraftState {
  return { ...state, side: 'yaml', asked: config }
}

export function writeYamlText(state: DraftState, text: string, reading: YamlMapReading): DraftState {
  return { ...state, text, reading, asked: null }
}

/**
 * To the form, which is to show what the YAML says. Stays where it is while the YAML can't be read.
 * @param config what the form holds; where the YAML says the same, the form's edits stay as they are
 */
export function closeYaml(state: DraftState, form: FormModel, config: FormObject): DraftState {
  const written = yamlConfig(state)
  if (written === null) return state
  if (isSameJson(written, config)) return { ...state, side: 'form' }
  return { ...state, side: 'form', ...stateFromConfig(form, written) }
}

function withValueAt(root: FormObject, path: FormPath, value: FormValue | undefined): FormObject {
  if (isSameJson(getAt(root, path), value)) return root
  return value === undefined ? removeAt(root, path) : setAt(root, path, value)
}

/** Takes back what the user changed at a place and below it; YAML that can't be read stays as it is. */
export function restoreAt(state: DraftState, path: FormPath): DraftState {
  const value = getAt(state.from, path)
  if (state.side === 'yaml') {
    const written = yamlConfig(state)
    return written === null ? state : { ...state, asked: withValueAt(written, path, value) }
  }
  const edits = new Map(
    [...state.edits].flatMap(([key, edit]) => {
      if (isAtOrBelow(edit.path, path)) return []
      if (!isAtOrBelow(path, edit.path) || !isObject(edit.value)) return [[key, edit] as const]
      const below = withValueAt(edit.value, path.slice(edit.path.length), value)
      return [[key, { ...edit, value: below }] as const]
    }),
  )
  return { ...state, base: withValueAt(state.base, path, value), edits }
}

/**
 * On top of something else: another version's defaults, an installation that somebody changed. What the user changed
 * stays and wins, the rest follows. YAML that can't be read has to be mended first.
 */
export function rebase(state: DraftState, from: FormObject): DraftState {
  if (state.from === from) return state
  const isYaml = state.side === 'yaml'
  const written = yamlConfig(state)
  if (isYaml && written === null) return state
  const base = state.base === state.from ? from : carryOver(state.from, state.base, from)
  const asked = isYaml && written !== null ? carryOver(state.from, written, from) : null
  return { ...state, from, base, asked }
}
