import type { Json, JsonObject } from '#lib/kinds/object.ts'
import type { LocalText } from '#lib/kinds/local-text.ts'
import type { FormPath } from './form-path.ts'

/** What a form holds and writes; the same JSON that `spec.config` is. */
export type FormValue = Json
export type FormObject = JsonObject
export type FormText = LocalText

/**
 * How a value is edited. `list` is a list of scalars, `choices` picks several of given options,
 * `data` edits any JSON value as text: whatever has no control of its own falls back to it.
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
  | 'data'

/** The JSON type of a control's value (of its items, for lists): numbers stay numbers, text stays text. */
export type ValueType = 'boolean' | 'number' | 'string' | 'any'

/** Holds while the value at `path` is `value` in its text form. */
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

export interface ControlRules {
  required?: boolean
  integer?: boolean
  minimum?: number
  maximum?: number
  /** Characters of a text, entries of a list. */
  minLength?: number
  maxLength?: number
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
  rules: ControlRules
  /** Never shown, though conditions may look at its value. */
  hidden: boolean
  /** Shown, not editable. */
  disabled: boolean
  /** Not editable because it can't change after installing. */
  immutable: boolean
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
  'plain-editor',
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
