import type { FormControl, FormModel, FormObject } from '#lib/domain/form/form-model.ts'
import { getAt } from '#lib/domain/form/form-path.ts'

/** What rjsf edits: one property for each control, whatever its path. Names are safe as keys and ids. */
export type FlatData = Record<string, unknown>

export interface FlatSchema {
  type: 'object'
  properties: Record<string, { title: string }>
}

/** Property names, by position. */
export function nameControls(form: FormModel): ReadonlyMap<string, FormControl> {
  return new Map(form.controls.map((control, index) => [`f${index}`, control]))
}

/** A schema with a property for each control that is shown; types are the control's business. */
export function flatSchema(
  controls: ReadonlyMap<string, FormControl>,
  shown: ReadonlySet<string>,
): FlatSchema {
  const properties: FlatSchema['properties'] = {}
  for (const [name, { id }] of controls) if (shown.has(id)) properties[name] = { title: id }
  return { type: 'object', properties }
}

/** The values of the controls that are shown; absent ones have no property. */
export function flatData(
  controls: ReadonlyMap<string, FormControl>,
  shown: ReadonlySet<string>,
  config: FormObject,
): FlatData {
  const data: FlatData = {}
  for (const [name, { id, path }] of controls) {
    const value = shown.has(id) ? getAt(config, path) : undefined
    if (value !== undefined) data[name] = value
  }
  return data
}
