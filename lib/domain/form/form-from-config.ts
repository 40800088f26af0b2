import { shownOf } from './apply-conditions.ts'
import type { FormEdits } from './config-of.ts'
import { appliedIn, planOf } from './form-conditions.ts'
import type { FormModel, FormObject } from './form-model.ts'
import { getAt } from './form-path.ts'

/**
 * A whole configuration that somebody wrote, as the state of a form that shows it: `resolveConfig` gives it back as it
 * is. What is absent stays absent, even where a control that is shown has a default of its own.
 */
export function stateFromConfig(form: FormModel, config: FormObject): { base: FormObject; edits: FormEdits } {
  const { keys } = planOf(form)
  const edits = new Map<string, { path: FormModel['controls'][number]['path']; value: undefined }>()
  for (const control of shownOf(appliedIn(form, config)))
    if (control.fallback !== undefined && getAt(config, control.path) === undefined)
      edits.set(keys.get(control) ?? control.id, { path: control.path, value: undefined })
  return { base: config, edits }
}
