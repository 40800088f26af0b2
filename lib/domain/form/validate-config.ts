import { applyConditions, shownOf } from './apply-conditions.ts'
import type { Applied } from './apply-conditions.ts'
import { checkStructure } from './check-structure.ts'
import {
  checkBounds,
  checkFormat,
  checkOptions,
  checkPattern,
  checkType,
  checkUnique,
} from './check-value.ts'
import type { Fault } from './check-value.ts'
import { appliedIn, rowPlan } from './form-conditions.ts'
import type { ControlKind, FormControl, FormModel, FormObject, FormValue } from './form-model.ts'
import { patternBudget } from './form-pattern.ts'
import { formatPath, getAt, isObject, prefixTexts } from './form-path.ts'
import type { FormPath } from './form-path.ts'
import { schemaErrors } from './schema-errors.ts'
import { isSameJson } from '../same-json.ts'
import { isBlank, isEmpty } from './typed-value.ts'

export const FIELD_ERROR_CODES = [
  'required',
  'type',
  'enum',
  'integer',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'pattern',
  'quantity',
  'duration',
  /** A request above its limit. */
  'requestAboveLimit',
  /** Two entries with the same key. */
  'duplicate',
  'labelKey',
  'labelValue',
  /** A toleration with Exists that has a value all the same. */
  'tolerationValue',
  /** Seconds without the effect that they belong to. */
  'tolerationSeconds',
  /** What can't change after installing, changed all the same. */
  'immutable',
  'schema',
] as const

export type FieldErrorCode = (typeof FIELD_ERROR_CODES)[number]

/** One wrong value; `params` never hold what a text or password field does. */
export interface FieldError {
  /** Canonical path inside the config; may lie below the control's own path (a row's field, one quantity). */
  path: string
  code: FieldErrorCode
  params: Record<string, string>
}

/** Controls in rows that are checked: rows beyond are so many that nobody filled them in. */
const MAX_ROW_CHECKS = 50_000

/** Kinds for which an object with nothing in it is nothing entered. */
const MAPS: ReadonlySet<ControlKind> = new Set<ControlKind>(['map', 'nodeSelector', 'resources'])

function checkEmpty(control: FormControl, value: FormValue | undefined): Fault | null {
  const isNeeded = control.rules.required === true && control.kind !== 'switch'
  if (isNeeded) return { code: 'required', params: {} }
  return Array.isArray(value) && value.length > 0 ? checkBounds(control, value) : null
}

/** Checks values against the controls of one form. */
class ConfigCheck {
  readonly errors: FieldError[] = []
  readonly #wrong = new Set<string>()
  /** What lacks something that is told below it. */
  readonly #lacking = new Set<string>()
  readonly #form: FormModel
  readonly #config: FormObject
  readonly #patterns = patternBudget()
  #left = MAX_ROW_CHECKS

  constructor(form: FormModel, config: FormObject) {
    this.#form = form
    this.#config = config
  }

  add(error: FieldError): void {
    if (this.#wrong.has(error.path)) return
    if (error.code === 'required' && this.#lacking.has(error.path)) return
    this.#wrong.add(error.path)
    this.errors.push(error)
  }

  #tell(path: FormPath, fault: Fault | null): void {
    if (fault !== null) this.add({ path: formatPath(path), ...fault })
  }

  /** In a JSON Schema what is above it may be what lacks: told at the field, not once more for its groups. */
  #tellMissing(path: FormPath): void {
    this.#tell(path, { code: 'required', params: {} })
    for (const text of prefixTexts(path.slice(0, -1))) this.#lacking.add(text)
  }

  /** What can't change after installing must be as it was. */
  compare(current: FormObject): void {
    for (const { immutable, path } of this.#form.controls) {
      if (!immutable) continue
      const isKept = isSameJson(getAt(this.#config, path) ?? null, getAt(current, path) ?? null)
      if (!isKept) this.#tell(path, { code: 'immutable', params: {} })
    }
  }

  /** @param place concrete path of the row; empty for the form itself */
  checkLevel(applied: Applied, place: FormPath): void {
    for (const control of shownOf(applied)) {
      if (control.disabled || control.immutable) continue
      this.#check(control, [...place, ...control.path.slice(place.length)], applied)
    }
  }

  #check(control: FormControl, path: FormPath, applied: Applied): void {
    const value = getAt(this.#config, path)
    const isSchema = this.#form.from === 'schema'
    if (value === undefined || isEmpty(value) || (MAPS.has(control.kind) && isBlank(value))) {
      if (!isSchema) this.#tell(path, checkEmpty(control, value))
      else if (value === undefined && control.rules.required === true) this.#tellMissing(path)
      return
    }
    // What the plugin itself put there is its own affair: the user could not even tell what to change.
    const isDefault = isSameJson(value, getAt(this.#form.defaults, path))
    const fault = isSchema
      ? (checkPattern(control, value, this.#patterns) ??
        checkUnique(control, value) ??
        (isDefault ? null : checkOptions(control, value)))
      : ((isDefault ? null : (checkType(control, value) ?? checkOptions(control, value))) ??
        checkBounds(control, value) ??
        checkPattern(control, value, this.#patterns))
    this.#tell(path, fault)
    if (fault !== null) return
    if (!isDefault) {
      this.#tell(path, checkFormat({ ...control, path: [...path] }, value, this.#config))
      for (const error of checkStructure(control, value, path)) this.add(error)
    }
    if (control.row !== undefined && Array.isArray(value)) this.#checkRows(control, value, path, applied)
  }

  #checkRows(control: FormControl, rows: readonly FormValue[], path: FormPath, outer: Applied): void {
    const { row } = control
    if (row === undefined) return
    const plan = rowPlan(row)
    for (const [index, item] of rows.entries()) {
      this.#left -= plan.controls.length + 1
      if (this.#left < 0) return
      const place = [...path, index]
      if (!isObject(item)) {
        if (this.#form.from !== 'schema') this.#tell(place, { code: 'type', params: { type: 'object' } })
      } else this.checkLevel(applyConditions(plan, this.#config, place, outer), place)
    }
  }
}

/**
 * Checks a whole configuration against a form; browser and server use this same function. Controls that are
 * not shown or not editable are not checked, nor is what no control covers.
 * @param options.current the configuration before, when an installation is changed: what can't change any more must
 * be as it is there
 * @returns the errors in the form's order, at most one for each path; empty when all is well
 */
export function validateConfig(
  form: FormModel,
  config: FormObject,
  options: { current?: FormObject } = {},
): FieldError[] {
  const check = new ConfigCheck(form, config)
  check.checkLevel(appliedIn(form, config), [])
  if (form.schema !== null) for (const error of schemaErrors(form.schema, config)) check.add(error)
  if (options.current !== undefined) check.compare(options.current)
  return check.errors
}
