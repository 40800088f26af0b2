'use client'
import { useState } from 'react'
import type { JsonObject } from '#lib/kinds/object.ts'

/** `spec.valuesOverride` in a dialog. */
export interface ValuesDraft {
  /** As the user wrote it; null before they did. */
  text: string | null
  /** What there is now. */
  before: JsonObject | undefined
  /** What it says; null while that can't be read. */
  values: JsonObject | null
  isBroken: boolean
  /** What to send; undefined when nothing was changed. */
  sent: JsonObject | undefined
  write: (text: string, values: JsonObject | null) => void
}

/** @param before what is installed; undefined where there is nothing yet */
export function useValuesOverride(before: JsonObject | undefined): ValuesDraft {
  const [written, setWritten] = useState<{ text: string; values: JsonObject | null } | null>(null)
  const values = written === null ? (before ?? {}) : written.values
  const isSame = JSON.stringify(values) === JSON.stringify(before ?? {})
  return {
    text: written?.text ?? null,
    before,
    values,
    isBroken: values === null,
    sent: values === null || isSame ? undefined : values,
    write: (text, next) => {
      setWritten({ text, values: next })
    },
  }
}
