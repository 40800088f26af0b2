import type { FormControl } from '#lib/domain/form/form-model.ts'
import { formatPath, parsePath } from '#lib/domain/form/form-path.ts'
import type { FieldError } from '#lib/domain/form/validate-config.ts'
import type { Reason } from '#lib/domain/reason.ts'
import { reasonText } from '#lib/i18n/reason-text.ts'
import type { Messages } from '#lib/i18n/messages/en.ts'
import { formErrorText } from './form-error-text.ts'
import type { InnerError } from './widgets/widget-props.ts'

/** A value that the server refused; `path` is inside the config. */
export interface RefusedValue {
  path: string
  detail: string
  /** The same for people, where a rule of the domain says it. */
  reason?: Reason
}

export interface FormFaults {
  /** By the id of the control that shows the value at, or around, the path. */
  byControl: ReadonlyMap<string, readonly InnerError[]>
  /** What the form itself finds wrong without a control that shows it. */
  elsewhere: readonly string[]
  /** What the server refused and no control shows. */
  refusedElsewhere: readonly string[]
}

/** Finds the shown control that a path belongs to: the one with the longest path at or above it. */
export function controlFinder(
  controls: readonly FormControl[],
  shown: ReadonlySet<string>,
): (path: string) => string | null {
  const ids = new Map<string, string>()
  for (const { id, path } of controls) {
    const key = formatPath(path)
    if (shown.has(id) && !ids.has(key)) ids.set(key, id)
  }
  return (path) => {
    const direct = ids.get(path)
    if (direct !== undefined) return direct
    const steps = parsePath(path) ?? []
    for (let length = steps.length; length > 0; length--) {
      const id = ids.get(formatPath(steps.slice(0, length)))
      if (id !== undefined) return id
    }
    return null
  }
}

/**
 * Sorts everything that is wrong to the controls that show it, in words.
 * @param find see `controlFinder`
 * @param corrected ids of controls that were changed since the server refused them
 */
export function placeFaults(
  messages: Messages,
  find: (path: string) => string | null,
  found: readonly FieldError[],
  refused: readonly RefusedValue[],
  corrected: ReadonlySet<string>,
): FormFaults {
  const byControl = new Map<string, InnerError[]>()
  const elsewhere: string[] = []
  const refusedElsewhere: string[] = []
  const add = (id: string, path: string, text: string) => {
    const known = byControl.get(id)
    const one = { path: parsePath(path) ?? [], text }
    if (known === undefined) byControl.set(id, [one])
    else known.push(one)
  }
  for (const fault of found) {
    const id = find(fault.path)
    const text = formErrorText(messages, fault)
    if (id === null) elsewhere.push(fault.path === '' ? text : `${fault.path}: ${text}`)
    else add(id, fault.path, text)
  }
  for (const { path, detail: own, reason } of refused) {
    const id = find(path)
    const detail = reason === undefined ? own : reasonText(messages, reason)
    if (id === null) refusedElsewhere.push(path === '' ? detail : `${path}: ${detail}`)
    // The form's own words about the same place are the newer ones.
    else if (!corrected.has(id) && !byControl.get(id)?.some((one) => formatPath(one.path) === path))
      add(id, path, detail)
  }
  return { byControl, elsewhere, refusedElsewhere }
}
