'use client'
import { useMemo, useState } from 'react'
import type { RefusedValue } from './form-faults.ts'
import { useAfterPress } from './use-after-press.ts'

const NONE: ReadonlySet<string> = new Set()
const NONE_BROKEN: ReadonlyMap<string, { controlId: string; text: string }> = new Map()

function withOne(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return set.has(id) ? set : new Set(set).add(id)
}

/** What a form remembers of its user, beside the values. */
export interface FormMemory {
  /** Ids of fields where the user has been. */
  touched: ReadonlySet<string>
  /** Fields whose text can't be taken, by field id. */
  broken: ReadonlyMap<string, { controlId: string; text: string }>
  /** Ids of controls that were changed since the server refused values. */
  corrected: ReadonlySet<string>
  /** These stay the same functions. */
  touch: (fieldId: string) => void
  setBroken: (fieldId: string, controlId: string, text: string | null) => void
  correct: (controlId: string) => void
}

/** @param refused what the server refused; with a new list nothing is corrected yet */
export function useFormMemory(refused: readonly RefusedValue[]): FormMemory {
  const afterPress = useAfterPress()
  const [touched, setTouched] = useState(NONE)
  const [broken, setBroken] = useState(NONE_BROKEN)
  const [corrected, setCorrected] = useState({ since: refused, ids: NONE })
  if (corrected.since !== refused) setCorrected({ since: refused, ids: NONE })
  const actions = useMemo<Pick<FormMemory, 'touch' | 'setBroken' | 'correct'>>(
    () => ({
      touch: (fieldId) => {
        afterPress(() => {
          setTouched((before) => withOne(before, fieldId))
        })
      },
      setBroken: (fieldId, controlId, text) => {
        setBroken((before) => {
          if ((before.get(fieldId)?.text ?? null) === text) return before
          const next = new Map(before)
          if (text === null) next.delete(fieldId)
          else next.set(fieldId, { controlId, text })
          return next
        })
      },
      correct: (controlId) => {
        setCorrected((before) => {
          const ids = withOne(before.ids, controlId)
          return ids === before.ids ? before : { ...before, ids }
        })
      },
    }),
    [afterPress],
  )
  return { touched, broken, corrected: corrected.ids, ...actions }
}
