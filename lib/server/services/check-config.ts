import type { FieldProblem } from '#lib/contract/problem.ts'
import { effectiveConfig } from '#lib/domain/effective-config.ts'
import { compileForm } from '#lib/domain/form/compile-form.ts'
import type { FormModel } from '#lib/domain/form/form-model.ts'
import { formatPath, getAt } from '#lib/domain/form/form-path.ts'
import { formSourceOf } from '#lib/domain/form/form-purpose.ts'
import { validateConfig } from '#lib/domain/form/validate-config.ts'
import type { FieldError } from '#lib/domain/form/validate-config.ts'
import { canonicalJson } from '#lib/domain/spec-hash.ts'
import type { JsonObject } from '#lib/kinds/object.ts'
import type { PluginSpec } from '#lib/kinds/plugin-spec.ts'

const SENTENCES: Readonly<Record<string, string>> = {
  required: 'A value is needed',
  enum: 'None of the offered values',
  integer: 'Must be a whole number',
  pattern: 'Does not have the form that is asked for',
  schema: 'Does not match the schema of the configuration',
}

function detailOf({ code, params }: FieldError): string {
  if (code === 'type') return `Must be of type ${params['type'] ?? ''}`
  const limit = params[code]
  return (
    SENTENCES[code] ?? (limit === undefined ? `Breaks the rule ${code}` : `Breaks the rule ${code} ${limit}`)
  )
}

/** What can't change after installing, and was changed all the same. */
function changedForGood(form: FormModel, config: JsonObject, current: JsonObject): FieldProblem[] {
  return form.controls
    .filter(({ immutable }) => immutable)
    .filter(
      ({ path }) =>
        canonicalJson(getAt(config, path) ?? null) !== canonicalJson(getAt(current, path) ?? null),
    )
    .map(({ path }) => ({
      path: `config.${formatPath(path)}`,
      code: 'immutable',
      detail: 'This can’t be changed after installing',
    }))
}

/**
 * What is wrong with a configuration, by the form of the version that it is for; empty when all is well. Values
 * that no control covers pass, as they do in the browser.
 * @param config the whole configuration; absent means the version's defaults, which may lack what the form asks for
 * @param current the installation's configuration before, when it is changed
 */
export function configProblems(
  spec: PluginSpec,
  purpose: 'install' | 'update' | 'upgrade',
  config: JsonObject | undefined,
  current?: JsonObject,
): FieldProblem[] {
  const parts = { ...spec, sizeSettings: spec.uiContext?.sizeSettings ?? null }
  const form = compileForm(formSourceOf(purpose, parts, current))
  const whole = effectiveConfig(spec.config, { config })
  const errors = validateConfig(form, whole).map((error): FieldProblem => ({
    path: error.path === '' ? 'config' : `config.${error.path}`,
    code: error.code,
    detail: detailOf(error),
  }))
  const fixed = purpose === 'update' && current !== undefined ? changedForGood(form, whole, current) : []
  return [...errors, ...fixed]
}
