'use client'
import { createContext, use } from 'react'
import type { FormControl, FormNode } from '#lib/domain/form/form-model.ts'

/** What the parts of a form share. Stays the same object while the user types. */
export interface FormParts {
  /** Controls by the name of their property (see flat-form.ts). */
  controls: ReadonlyMap<string, FormControl>
  /** Names by control id. */
  names: ReadonlyMap<string, string>
  layout: readonly FormNode[]
  advanced: readonly FormNode[]
  /** The user has been here: errors of this control are told from now on. */
  touch: (name: string) => void
  /** What is typed can't be read (a syntax error), or can again (null). */
  setBroken: (name: string, message: string | null) => void
}

export const FormPartsContext = createContext<FormParts | null>(null)

/** @throws Error outside a form */
export function useFormParts(): FormParts {
  const parts = use(FormPartsContext)
  if (parts === null) throw new Error('useFormParts needs a form around it')
  return parts
}
