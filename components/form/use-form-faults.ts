'use client'
import { useMemo } from 'react'
import type { FormControl, FormModel, FormObject } from '#lib/domain/form/form-model.ts'
import { formatPath } from '#lib/domain/form/form-path.ts'
import { validateConfig } from '#lib/domain/form/validate-config.ts'
import type { Reason } from '#lib/domain/reason.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { reasonText } from '#lib/i18n/reason-text.ts'
import { formErrorText } from './form-error-text.ts'

/** A value that the server refused; `path` is inside the config. */
export interface RefusedValue {
  path: string
  detail: string
  /** The same for people, where a rule of the domain says it. */
  reason?: Reason
}

export interface FormFaults {
  /** Lines by the name of the property they belong to, only of controls that are shown. */
  byName: ReadonlyMap<string, string[]>
  /** What the form itself finds wrong without a control that shows it. */
  elsewhere: string[]
  /** What the server refused and no control shows. */
  refusedElsewhere: string[]
  /** All that is wrong, counting what the user has corrected since the server's word as right. */
  count: number
}

function addLine(lines: Map<string, string[]>, name: string, line: string): void {
  const known = lines.get(name)
  if (known === undefined) lines.set(name, [line])
  else known.push(line)
}

/**
 * Everything that is wrong with what a form holds, in words.
 * @param options.broken syntax errors by property name
 * @param options.corrected names of controls that were changed since the server refused them
 */
export function useFormFaults(options: {
  form: FormModel
  controls: ReadonlyMap<string, FormControl>
  shown: ReadonlySet<string>
  config: FormObject
  broken: ReadonlyMap<string, string>
  refused: readonly RefusedValue[]
  corrected: ReadonlySet<string>
}): FormFaults {
  const { form, controls, shown, config, broken, refused, corrected } = options
  const messages = useMessages()
  const faults = useMemo(() => validateConfig(form, config), [form, config])
  return useMemo(() => {
    const names = new Map<string, string>()
    for (const [name, control] of controls)
      if (shown.has(control.id) && !names.has(formatPath(control.path)))
        names.set(formatPath(control.path), name)
    const byName = new Map<string, string[]>()
    const elsewhere: string[] = []
    for (const fault of faults) {
      const name = names.get(fault.path)
      const line = formErrorText(messages, fault)
      if (name === undefined) elsewhere.push(`${fault.path}: ${line}`)
      else addLine(byName, name, line)
    }
    for (const [name, control] of controls) {
      const message = shown.has(control.id) ? broken.get(name) : undefined
      if (message !== undefined)
        addLine(byName, name, formErrorText(messages, { code: 'syntax', params: { message } }))
    }
    const refusedElsewhere: string[] = []
    for (const { path, detail: own, reason } of refused) {
      const name = names.get(path)
      const detail = reason === undefined ? own : reasonText(messages, reason)
      if (name === undefined) refusedElsewhere.push(path === '' ? detail : `${path}: ${detail}`)
      else if (!corrected.has(name) && !byName.has(name)) addLine(byName, name, detail)
    }
    return { byName, elsewhere, refusedElsewhere, count: byName.size + elsewhere.length }
  }, [controls, shown, faults, broken, refused, corrected, messages])
}
