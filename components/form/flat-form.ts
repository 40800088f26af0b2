import type { FormControl, FormModel } from '#lib/domain/form/form-model.ts'

export interface FlatSchema {
  type: 'object'
  properties: Record<string, { title: string }>
}

/** Names of rjsf properties, by position: safe as keys and ids, whatever the controls' paths are. */
export function nameControls(form: FormModel): ReadonlyMap<string, FormControl> {
  return new Map(form.controls.map((control, index) => [`f${index}`, control]))
}

/**
 * What rjsf renders: a property for each control that may be shown. It stays the same while the user types; types are
 * the control's business.
 */
export function flatSchema(controls: ReadonlyMap<string, FormControl>): FlatSchema {
  const properties: FlatSchema['properties'] = {}
  for (const [name, { id, hidden }] of controls) if (!hidden) properties[name] = { title: id }
  return { type: 'object', properties }
}
