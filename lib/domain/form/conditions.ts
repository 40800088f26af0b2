import { shownOf } from './apply-conditions.ts'
import { appliedIn } from './form-conditions.ts'
import type { FormModel, FormObject } from './form-model.ts'

/**
 * The ids of the controls that are shown with this config, without those inside rows. A condition on a control that is
 * itself not shown does not hold; in a circle of conditions only the values count.
 */
export function shownControls(form: FormModel, config: FormObject): ReadonlySet<string> {
  return new Set(shownOf(appliedIn(form, config)).map((control) => control.id))
}
