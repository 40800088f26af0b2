import type { Descriptor } from '#lib/kinds/plugin-spec.ts'
import { editControl } from '../config-of.ts'
import type { FormEdits } from '../config-of.ts'
import type { FormControl, FormModel, FormNode, FormObject, FormValue } from '../form-model.ts'

export const P = 'urn:alm:descriptor:'
export const UI = `${P}com.tectonic.ui:`

/** A descriptor; capabilities are written whole. */
export function row(path: string, ...capabilities: string[]): Descriptor {
  return { path, 'x-descriptors': capabilities }
}

/** @throws Error where the form has no such control */
export function control(form: { controls: readonly FormControl[] }, id: string): FormControl {
  const found = form.controls.find((one) => one.id === id)
  if (found === undefined) throw new Error(`no control ${id} in ${form.controls.map((one) => one.id).join()}`)
  return found
}

/** The edits after a control was given a value. */
export function edit(
  form: FormModel,
  base: FormObject,
  edits: FormEdits,
  id: string,
  value: FormValue | undefined,
): FormEdits {
  return editControl(control(form, id), base, edits, value)
}

/** A layout as nested lists: ids of controls, and groups by their English label. */
export function outline(nodes: readonly FormNode[]): unknown[] {
  return nodes.map((node) =>
    node.type === 'control' ? node.id : { [node.label.en ?? '']: outline(node.children) },
  )
}
