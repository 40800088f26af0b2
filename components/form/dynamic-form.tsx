'use client'
// The package's index drags in a test registry and, with it, a validator that is not installed.
import Form from '@rjsf/core/lib/components/Form.js'
import type { IChangeEvent } from '@rjsf/core/lib/components/Form.js'
import type { ErrorSchema, RJSFSchema, UiSchema, ValidatorType } from '@rjsf/utils'
import { useCallback, useEffect, useId, useImperativeHandle, useMemo, useRef, useState } from 'react'
import type { ReactNode, Ref } from 'react'
import { compileForm } from '#lib/domain/form/compile-form.ts'
import type { FormSource } from '#lib/domain/form/compile-form.ts'
import { editControl, resolveConfig } from '#lib/domain/form/config-of.ts'
import type { FormEdits } from '#lib/domain/form/config-of.ts'
import type { FormModel, FormObject, FormValue } from '#lib/domain/form/form-model.ts'
import { formatPath } from '#lib/domain/form/form-path.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { ControlField } from './fields/control-field.tsx'
import { flatData, flatSchema, nameControls } from './flat-form.ts'
import type { FlatData } from './flat-form.ts'
import { focusFirstError } from './focus-first-error.ts'
import { FormPartsContext } from './form-context.ts'
import type { FormParts } from './form-context.ts'
import { FieldTemplate } from './templates/field-template.tsx'
import { ObjectFieldTemplate } from './templates/object-field-template.tsx'
import { useFormFaults } from './use-form-faults.ts'
import type { RefusedValue } from './use-form-faults.ts'

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

const NOTHING_REFUSED: readonly RefusedValue[] = []
const NO_NAMES: ReadonlySet<string> = new Set()
const NONE_BROKEN: ReadonlyMap<string, string> = new Map()
const TEMPLATES = { FieldTemplate, ObjectFieldTemplate }
const FIELDS = { ControlField }

/** Errors come from `validateConfig`, which knows what is shown; rjsf itself validates nothing. */
const VALIDATOR: ValidatorType = {
  validateFormData: () => ({ errors: [], errorSchema: {} }),
  isValid: () => true,
  rawValidation: () => ({}),
}

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
  const { config, shown } = useMemo(() => resolveConfig(form, base, edits), [form, base, edits])
  const [touched, setTouched] = useState(NO_NAMES)
  const [isChecked, setChecked] = useState(false)
  const [broken, setBroken] = useState(NONE_BROKEN)
  const [corrected, setCorrected] = useState({ since: refused, names: NO_NAMES })
  if (corrected.since !== refused) setCorrected({ since: refused, names: NO_NAMES })
  const faults = useFormFaults({ form, controls, shown, config, broken, refused, corrected: corrected.names })

  const parts = useMemo<FormParts>(
    () => ({
      controls,
      names: new Map([...controls].map(([name, control]) => [control.id, name])),
      layout: form.layout,
      advanced: form.advanced,
      touch: (name) => {
        setTouched((before) => (before.has(name) ? before : new Set(before).add(name)))
      },
      setBroken: (name, message) => {
        setBroken((before) => {
          if (before.get(name) === (message ?? undefined)) return before
          const next = new Map(before)
          if (message === null) next.delete(name)
          else next.set(name, message)
          return next
        })
      },
    }),
    [controls, form],
  )

  useEffect(() => {
    onReport({ form, config, wrong: faults.count })
  }, [onReport, form, config, faults.count])
  useImperativeHandle(ref, () => ({
    check: () => {
      setChecked(true)
      if (faults.count > 0) focusFirstError(box.current, new Set(faults.byName.keys()))
      return faults.count === 0
    },
  }))
  useEffect(() => {
    const paths = new Set(refused.map((one) => one.path))
    const wrong = [...controls].filter(([, control]) => paths.has(formatPath(control.path)))
    if (wrong.length > 0) focusFirstError(box.current, new Set(wrong.map(([name]) => name)))
  }, [refused, controls])

  const errors = useMemo(() => {
    const told: Record<string, { __errors: string[] }> = {}
    for (const [name, lines] of faults.byName)
      if (isChecked || refused.length > 0 || touched.has(name) || broken.has(name))
        told[name] = { __errors: lines }
    return told as ErrorSchema
  }, [faults, isChecked, refused, touched, broken])
  const schema = useMemo<RJSFSchema>(() => flatSchema(controls, shown), [controls, shown])
  const uiSchema = useMemo(() => {
    const ui: UiSchema = {}
    for (const name of controls.keys()) ui[name] = { 'ui:field': 'ControlField' }
    return ui
  }, [controls])
  const data = useMemo(() => flatData(controls, shown, config), [controls, shown, config])
  const change = useCallback(
    (event: IChangeEvent, id?: string) => {
      const name = id?.slice(id.lastIndexOf('_') + 1) ?? ''
      const control = controls.get(name)
      if (control === undefined) return
      const values = event.formData as FlatData | undefined
      setCorrected((before) => ({ ...before, names: new Set(before.names).add(name) }))
      onEdits(editControl(control, base, edits, values?.[name] as FormValue | undefined))
    },
    [controls, base, edits, onEdits],
  )
  const elsewhere = [...faults.refusedElsewhere, ...(isChecked ? faults.elsewhere : [])]
  return (
    <div ref={box} className="grid grid-cols-1 gap-4">
      {elsewhere.length > 0 && (
        <div role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-sm text-bad">
          <p>{messages.form.elsewhere}</p>
          <ul className="list-disc pl-5 break-words">
            {elsewhere.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      )}
      <FormPartsContext value={parts}>
        <Form
          tagName="div"
          idPrefix={idPrefix}
          schema={schema}
          uiSchema={uiSchema}
          formData={data}
          validator={VALIDATOR}
          extraErrors={errors}
          templates={TEMPLATES}
          fields={FIELDS}
          showErrorList={false}
          disabled={disabled}
          onChange={change}
        >
          {/* No button of its own: the dialog submits. */}
          <></>
        </Form>
      </FormPartsContext>
    </div>
  )
}
