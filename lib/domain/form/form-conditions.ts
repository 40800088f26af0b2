import { applyConditions } from './apply-conditions.ts'
import type { Applied } from './apply-conditions.ts'
import { planConditions } from './condition-plan.ts'
import type { ConditionPlan } from './condition-plan.ts'
import type { FormControl, FormModel, FormObject, RowForm } from './form-model.ts'
import type { FormPath } from './form-path.ts'

/** Where a row's form stands. */
interface Home {
  form: FormModel
  /** The row around it, and the path of that row's list; null where the list is not in a row. */
  around: { row: RowForm; listPath: FormPath } | null
}

const plans = new WeakMap<FormModel | RowForm, ConditionPlan>()
const homes = new WeakMap<RowForm, Home>()
/** The last answer for each form: the same configuration is asked about several times in a row. */
const latest = new WeakMap<FormModel, { config: FormObject; applied: Applied }>()

function settle(controls: readonly FormControl[], home: Home): void {
  for (const { row, path } of controls) {
    if (row === undefined || homes.has(row)) continue
    homes.set(row, home)
    settle(row.controls, { form: home.form, around: { row, listPath: path } })
  }
}

/** The conditions of a form, prepared once; the form must not change any more. */
export function planOf(form: FormModel): ConditionPlan {
  const known = plans.get(form)
  if (known !== undefined) return known
  const plan = planConditions(form.controls)
  plans.set(form, plan)
  settle(form.controls, { form, around: null })
  return plan
}

/** What applies in a form with a configuration, which must not be changed in place later. */
export function appliedIn(form: FormModel, config: FormObject): Applied {
  const known = latest.get(form)
  if (known?.config === config) return known.applied
  const applied = applyConditions(planOf(form), config, [], null)
  latest.set(form, { config, applied })
  return applied
}

/** What applies around a list of rows: in the form, and in the row that the list stands in. */
export function appliedAround(row: RowForm, config: FormObject, listPath: FormPath): Applied | null {
  const home = homes.get(row)
  if (home === undefined) return null
  if (home.around === null) return appliedIn(home.form, config)
  const { row: outerRow, listPath: outerList } = home.around
  const outerPath = listPath.slice(0, outerList.length)
  const place = listPath.slice(0, outerList.length + 1)
  return applyConditions(rowPlan(outerRow), config, place, appliedAround(outerRow, config, outerPath))
}

/** The conditions of a row's form, prepared once. */
export function rowPlan(row: RowForm): ConditionPlan {
  const known = plans.get(row)
  if (known !== undefined) return known
  const plan = planConditions(row.controls)
  plans.set(row, plan)
  return plan
}
