import type { Check, ConditionPlan } from './condition-plan.ts'
import type { ControlKind, FormControl, FormObject, FormValue } from './form-model.ts'
import { getAt } from './form-path.ts'
import type { FormPath } from './form-path.ts'
import { isSameJson } from '../same-json.ts'
import { conditionText, numberOf } from './typed-value.ts'

/** What holds with one configuration, and for one row where the controls are a row's. */
export interface Applied {
  plan: ConditionPlan
  /** By node of the plan: 0 not decided yet, 1 holds, 2 does not. */
  states: Uint8Array
  /** What holds around the row; null for the form itself. */
  outer: Applied | null
}

const FALSE = 2
/** Entries of a list that a condition looks at. */
const MAX_ITEMS = 1000

/** A path with the numbers of the row that it is seen from, as far as both lead into the same lists. */
export function pathInRow(path: FormPath, row: FormPath): FormPath {
  const result = [...path]
  for (let at = 0; at < result.length && at < row.length; at++) {
    const step = row[at]
    if (result[at] === null && typeof step === 'number') result[at] = step
    if (result[at] !== step) break
  }
  return result
}

/** All values at a path; a `null` step stands for every item. */
function valuesAt(value: FormValue | undefined, path: FormPath): FormValue[] {
  const each = path.indexOf(null)
  if (each < 0) {
    const found = getAt(value, path)
    return found === undefined ? [] : [found]
  }
  const list = getAt(value, path.slice(0, each))
  const found: FormValue[] = []
  for (const item of Array.isArray(list) ? list.slice(0, MAX_ITEMS) : []) {
    if (found.length >= MAX_ITEMS) break
    found.push(...valuesAt(item, path.slice(each + 1)))
  }
  return found
}

function isValue(value: FormValue | undefined, check: Check): boolean {
  // Compared as what they are: their texts may be long.
  if (typeof value === 'object' && value !== null)
    return check.json !== undefined && isSameJson(value, check.json)
  const text = conditionText(value)
  return text === check.value || (check.number !== null && numberOf(text) === check.number)
}

/** The controls at a path, in the row or around it: of what kind, and whether one applies; null without any. */
function sourceAt(applied: Applied, key: string): { kind: ControlKind | undefined; holds: boolean } | null {
  for (let here: Applied | null = applied; here !== null; here = here.outer) {
    const node = here.plan.pathNodes.get(key)
    if (node !== undefined)
      return { kind: here.plan.byKey.get(key)?.[0]?.kind, holds: here.states[node] !== FALSE }
  }
  return null
}

function isMet(check: Check, config: FormObject, row: FormPath, applied: Applied): boolean {
  const source = sourceAt(applied, check.key)
  if (source?.holds === false) return false
  const values = valuesAt(config, check.isInRow ? pathInRow(check.path, row) : check.path)
  if (values.length === 0)
    return isValue(undefined, check) || (check.value === 'false' && source?.kind === 'switch')
  return values.some((value) => {
    if (!Array.isArray(value)) return isValue(value, check)
    if (value.length === 0) return check.value === '' || check.value === '[]'
    return isValue(value, check) || value.slice(0, MAX_ITEMS).some((item) => isValue(item, check))
  })
}

/**
 * Decides all conditions. One on a control that does not apply itself does not hold; in a circle of conditions only
 * the values count.
 * @param row the concrete path of the row; empty for the form itself
 */
export function applyConditions(
  plan: ConditionPlan,
  config: FormObject,
  row: FormPath,
  outer: Applied | null,
): Applied {
  const states = new Uint8Array(plan.nodes.length)
  const applied: Applied = { plan, states, outer }
  for (const number of plan.order) {
    const node = plan.nodes[number]
    let holds = true
    if (node?.type === 'control') holds = node.needs.every((need) => states[need] !== FALSE)
    else if (node?.type === 'path') holds = node.needs.some((need) => states[need] !== FALSE)
    else if (node?.type === 'clause') holds = node.checks.some((check) => isMet(check, config, row, applied))
    states[number] = holds ? 1 : FALSE
  }
  return applied
}

/** The controls that are shown, in the form's order. */
export function shownOf({ plan, states }: Applied): FormControl[] {
  return plan.controls.filter((control, index) => states[index] !== FALSE && !control.hidden)
}
