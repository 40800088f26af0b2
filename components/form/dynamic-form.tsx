'use client'
import { useEffect, useId, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { ReactNode, Ref } from 'react'
import { Notice } from '#components/ui/notice.tsx'
import { compileForm } from '#lib/domain/form/compile-form.ts'
import type { FormSource } from '#lib/domain/form/compile-form.ts'
import { editControl, resolveConfig } from '#lib/domain/form/config-of.ts'
import type { FormEdits } from '#lib/domain/form/config-of.ts'
import type { FormModel, FormObject } from '#lib/domain/form/form-model.ts'
import { validateConfig } from '#lib/domain/form/validate-config.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { FormBody } from './form-body.tsx'
import {
  FormPartsContext,
  FormStateContext,
  NOTHING_REVEALED,
  RevealedContext,
  ShownContext,
} from './form-context.ts'
import type { FormParts, FormState } from './form-context.ts'
import { controlFinder, placeFaults } from './form-faults.ts'
import type { RefusedValue } from './form-faults.ts'
import { focusFirstError } from './focus-first-error.ts'
import { nameControls } from './flat-form.ts'
import { useFormMemory } from './use-form-memory.ts'
import { widgetOf } from './widget-of.ts'
import { useSameSet } from './use-same-set.ts'

/** What the form makes of the user's edits, told after each change. */
export interface FormReport {
  form: FormModel
  /** The whole configuration as it would be sent. */
  config: FormObject
  /** Controls whose value can't be sent as it is. */
  wrong: number
}

export interface FormHandle {
  /** Shows every error and moves to the first one. @returns whether there is none */
  check: () => boolean
}

interface DynamicFormProps {
  source: FormSource
  /** What the edits apply to: the defaults, or what is installed. */
  base: FormObject
  edits: FormEdits
  onEdits: (edits: FormEdits) => void
  onReport: (report: FormReport) => void
  /** What the server refused; a new list moves to its first value. */
  refused?: readonly RefusedValue[]
  disabled?: boolean
  ref?: Ref<FormHandle>
}

/** Controls from which on a form is a long one. */
const LONG = 100

const NOTHING_REFUSED: readonly RefusedValue[] = []

/**
 * A plugin's form. It keeps no values: the edits are the caller's, so that they outlive a change of version.
 * `source` and `base` are compared by identity; give another `key` with another source.
 */
export function DynamicForm(props: DynamicFormProps): ReactNode {
  const { source, base, edits, onEdits, onReport, refused = NOTHING_REFUSED, disabled = false, ref } = props
  const messages = useMessages()
  const idPrefix = useId()
  const box = useRef<HTMLDivElement>(null)
  const form = useMemo(() => compileForm(source), [source])
  const controls = useMemo(() => nameControls(form), [form])
  const resolved = useMemo(() => resolveConfig(form, base, edits), [form, base, edits])
  const { config } = resolved
  const shown = useSameSet(resolved.shown)
  const { touched, broken, corrected, touch, setBroken, correct } = useFormMemory(refused)
  const [isChecked, setChecked] = useState(false)
  const [revealed, setRevealed] = useState(NOTHING_REVEALED)

  const find = useMemo(() => controlFinder(form.controls, shown), [form, shown])
  const found = useMemo(() => validateConfig(form, config), [form, config])
  const faults = useMemo(
    () => placeFaults(messages, find, found, refused, corrected),
    [messages, find, found, refused, corrected],
  )
  const wrongIds = useMemo(
    () => new Set([...faults.byControl.keys(), ...[...broken.values()].map(({ controlId }) => controlId)]),
    [faults, broken],
  )
  const wrong = wrongIds.size + faults.elsewhere.length

  // Two changes may come before the first one is rendered: the second goes on from the first.
  const latest = useRef({ base, edits, onEdits })
  useLayoutEffect(() => {
    latest.current = { base, edits, onEdits }
  })
  const parts = useMemo<FormParts>(
    () => ({
      controls,
      names: new Map([...controls].map(([name, control]) => [control.id, name])),
      layout: form.layout,
      advanced: form.advanced,
      widgetOf,
      isLong: form.controls.length > LONG,
      base,
      change: (control, value) => {
        const { current } = latest
        current.edits = editControl(control, current.base, current.edits, value)
        correct(control.id)
        current.onEdits(current.edits)
      },
      touch,
      setBroken,
    }),
    [controls, form, base, touch, setBroken, correct],
  )
  const areAllTold = isChecked || refused.length > 0
  const state = useMemo<FormState>(
    () => ({ config, faults: faults.byControl, broken, touched, areAllTold, disabled }),
    [config, faults, broken, touched, areAllTold, disabled],
  )

  useEffect(() => {
    onReport({ form, config, wrong })
  }, [onReport, form, config, wrong])
  useImperativeHandle(ref, () => ({
    check: () => {
      setChecked(true)
      if (wrong > 0) setRevealed({ ids: wrongIds })
      return wrong === 0
    },
  }))
  const [seen, setSeen] = useState(NOTHING_REFUSED)
  if (seen !== refused) {
    setSeen(refused)
    const ids = refused.map(({ path }) => find(path)).filter((id) => id !== null)
    if (ids.length > 0) setRevealed({ ids: new Set(ids) })
  }
  // By now what hid the errors is open and they stand at their fields.
  useEffect(() => {
    if (revealed.ids.size > 0) focusFirstError(box.current)
  }, [revealed])

  const elsewhere = [...faults.refusedElsewhere, ...(isChecked ? faults.elsewhere : [])]
  return (
    <div ref={box} className="grid grid-cols-1 gap-4">
      {elsewhere.length > 0 && (
        <Notice tone="bad" role="alert" title={messages.form.elsewhere}>
          <ul className="list-disc pl-5">
            {elsewhere.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Notice>
      )}
      <FormPartsContext value={parts}>
        <ShownContext value={shown}>
          <RevealedContext value={revealed}>
            <FormStateContext value={state}>
              <FormBody idPrefix={idPrefix} controls={controls} />
            </FormStateContext>
          </RevealedContext>
        </ShownContext>
      </FormPartsContext>
    </div>
  )
}
