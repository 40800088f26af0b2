'use client'
import { createContext, use } from 'react'
import type { ComponentType } from 'react'
import type { FormControl, FormNode, FormObject, FormValue } from '#lib/domain/form/form-model.ts'
import type { InnerError, WidgetProps } from './widgets/widget-props.ts'

/** What the parts of a form share. Stays the same object while the user types. */
export interface FormParts {
  /** Controls by the name of their rjsf property (see flat-form.ts). */
  controls: ReadonlyMap<string, FormControl>
  /** Names by control id. */
  names: ReadonlyMap<string, string>
  layout: readonly FormNode[]
  advanced: readonly FormNode[]
  /** The widget that a control asks for. */
  widgetOf: (control: FormControl) => ComponentType<WidgetProps>
  /** So many controls that those out of sight had better cost nothing. */
  isLong: boolean
  /** What the edits apply to. */
  base: FormObject
  /** The user gave a control a value; `undefined` emptied it. */
  change: (control: FormControl, value: FormValue | undefined) => void
  /** The user has been at the field with this DOM id: its errors are told from now on. */
  touch: (fieldId: string) => void
  /** What is typed into the field with this DOM id can't be taken, and why, or can again (null). */
  setBroken: (fieldId: string, controlId: string, text: string | null) => void
}

/** What changes while the user types. */
export interface FormState {
  config: FormObject
  /** Errors by the id of the control at or above their path. */
  faults: ReadonlyMap<string, readonly InnerError[]>
  /** Why what is typed can't be taken, by field id. */
  broken: ReadonlyMap<string, { text: string }>
  touched: ReadonlySet<string>
  /** All errors are told, not only those of fields where the user has been. */
  areAllTold: boolean
  disabled: boolean
}

/** Ids of controls whose errors must come into sight; each new object opens what hides them. */
export interface Revealed {
  ids: ReadonlySet<string>
}

export const NOTHING_REVEALED: Revealed = { ids: new Set() }

export const FormPartsContext = createContext<FormParts | null>(null)
export const FormStateContext = createContext<FormState | null>(null)
/** Ids of the controls that are shown; a new set only when it differs. */
export const ShownContext = createContext<ReadonlySet<string>>(new Set())
export const RevealedContext = createContext<Revealed>(NOTHING_REVEALED)

function needed<T>(value: T | null): T {
  if (value === null) throw new Error('this needs a form around it')
  return value
}

/** @throws Error outside a form */
export function useFormParts(): FormParts {
  return needed(use(FormPartsContext))
}

/** @throws Error outside a form */
export function useFormState(): FormState {
  return needed(use(FormStateContext))
}
