import type { FormControl, FormModel, FormObject } from './form-model.ts'
import { formatPath, getAt, parsePath, prefixTexts } from './form-path.ts'
import { validateConfig } from './validate-config.ts'

function open(control: FormControl): void {
  control.immutable = false
  for (const inner of control.row?.controls ?? []) open(inner)
}

/**
 * What can't change after installing has to be answered all the same where an installation has no answer yet, or one
 * that this version does not take: those controls are opened.
 * @param form changed in place
 * @param installed the configuration that runs
 */
export function openUnanswered(form: FormModel, installed: FormObject): void {
  const fixed = form.controls.filter(({ immutable }) => immutable)
  if (fixed.length === 0) return
  for (const control of fixed) control.immutable = false
  const wrong = new Set(
    validateConfig(form, installed).flatMap(({ path }) => prefixTexts(parsePath(path) ?? [])),
  )
  for (const control of fixed) {
    const isAnswered = getAt(installed, control.path) !== undefined
    control.immutable = isAnswered && !wrong.has(formatPath(control.path))
    if (!control.immutable) open(control)
  }
}
