import type { Json, JsonObject } from '#lib/kinds/object.ts'
import type { LocalText } from '#lib/kinds/local-text.ts'
import type { FormPath } from './form-path.ts'

/** What a form holds and writes; the same JSON that `spec.config` is. */
export type FormValue = Json
export type FormObject = JsonObject
export type FormText = LocalText

/**
 * How a value is edited. `list` is a list of scalars, `choices` picks several of given options, `picker` picks live
 * objects, `rows` is a list of objects with a small form for each, `resources` are requests and limits, `quantity` is a
 * Kubernetes quantity and `duration` a duration (both texts), `map` is text to text, `tolerations` and `nodeSelector`
 * are what a Pod has. `data` edits any JSON value as text: whatever has no control of its own falls back to it.
 */
export type ControlKind =
  | 'switch'
  | 'text'
  | 'textarea'
  | 'password'
  | 'number'
  | 'select'
  | 'radio'
  | 'choices'
  | 'list'
  | 'picker'
  | 'rows'
  | 'resources'
  | 'quantity'
  | 'duration'
  | 'map'
  | 'tolerations'
  | 'nodeSelector'
  | 'data'

/** The JSON type of a control's value (of its items, for lists): numbers stay numbers, text stays text. */
export type ValueType = 'boolean' | 'number' | 'string' | 'any'

/**
 * Holds while the value at `path` is `value` in its text form. Inside rows, a `null` step stands for the row that the
 * control is in.
 */
export interface Condition {
  path: FormPath
  value: string
}

/** At least one of its conditions must hold. */
export type Clause = Condition[]

export interface ChoiceOption {
  value: string | number | boolean
  label: FormText
  description?: FormText
  /** What else picking it writes (size presets): only when the user picks, never by itself. */
  fills?: { path: FormPath; value: FormValue }[]
}

/** Where a picker's choices come from. */
export interface PickerSource {
  /** API group; empty for the core group, and where nobody said so and the kind is not one that everybody knows. */
  group: string
  /** Empty: the one that the cluster prefers. */
  version: string
  kind: string
  /** The cluster that the plugin goes to, or the global one. Clusters themselves (kind `Cluster`) are always global's. */
  cluster: 'target' | 'global'
  /** Empty: all namespaces. */
  namespace: string
  labelSelector: string
  /** Kind `Cluster` only: the plugin that must run there (a cross-cluster dependency). */
  plugin?: string
}

/** The form of one row; its controls' paths are whole, with a `null` step for the row. */
export interface RowForm {
  controls: FormControl[]
  layout: FormNode[]
}

export interface ControlRules {
  required?: boolean
  integer?: boolean
  minimum?: number
  maximum?: number
  /** Characters of a text, entries of a list. */
  minLength?: number
  maxLength?: number
  /** No two entries of a list are the same. */
  unique?: boolean
  /** In RE2 syntax, known to compile; found anywhere in the text. */
  pattern?: string
}

export interface FormControl {
  /** Unique within the form; the canonical text of `path` unless several controls share a path. */
  id: string
  path: FormPath
  kind: ControlKind
  valueType: ValueType
  label: FormText
  description: FormText
  placeholder: FormText
  tooltip: FormText
  options: ChoiceOption[]
  /** Values besides the options may be entered. */
  allowCreate: boolean
  clearable: boolean
  /** Kind `picker`: several may be picked, and the value is a list. */
  multiple: boolean
  /** Kind `picker` only. */
  picker?: PickerSource
  /** Kind `rows` only. */
  row?: RowForm
  /** Kind `nodeSelector`: how it is written where nothing stands yet, a list of `{key, value}` or an object. */
  shape?: 'list' | 'object'
  rules: ControlRules
  /** Never shown, though conditions may look at its value. */
  hidden: boolean
  /** Shown, not editable. */
  disabled: boolean
  /** Not editable because it can't change after installing. */
  immutable: boolean
  /** In a form for installing: what is answered can't change afterwards. */
  lasting?: true
  /** All clauses must hold, else the control is not shown. */
  when: Clause[]
  /** The descriptor's own default: counts where the config has no value, once the control is shown. */
  fallback?: FormValue
}

/** Where things stand, in order. A group without a shown control is not shown. */
export type FormNode =
  | { type: 'control'; id: string }
  | { type: 'group'; id: string; label: FormText; description: FormText; children: FormNode[] }

export const NOTE_CODES = [
  'unknown-capability',
  'pattern-not-enforced',
  'path-unusable',
  'schema-not-enforced',
  'form-cut',
] as const

/** Something about the form that a user should know but that hinders nothing. */
export interface FormNote {
  code: (typeof NOTE_CODES)[number]
  /** Canonical path of the control, empty when it is about the whole form. */
  path: string
  /** The capability, pattern or keyword in question, as it was written. */
  text: string
}

export interface FormModel {
  from: 'nothing' | 'descriptors' | 'values' | 'schema'
  /** What an installation gets that says nothing. */
  defaults: FormObject
  /** For forms given as a JSON Schema: safe to interpret (no references, no patterns); else null. */
  schema: FormObject | null
  controls: FormControl[]
  layout: FormNode[]
  /** The collapsed "Advanced configuration". */
  advanced: FormNode[]
  notes: FormNote[]
}

/** Whether there is anything to fill in; without it, installing needs no answers. */
export function hasForm(form: FormModel): boolean {
  return form.controls.some((control) => !control.hidden)
}
