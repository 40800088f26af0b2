import type { FieldProblem } from '#lib/contract/problem.ts'
import { effectiveConfig } from '#lib/domain/effective-config.ts'
import { compileForm } from '#lib/domain/form/compile-form.ts'
import { formSourceOf } from '#lib/domain/form/form-purpose.ts'
import { validateConfig } from '#lib/domain/form/validate-config.ts'
import type { FieldError, FieldErrorCode } from '#lib/domain/form/validate-config.ts'
import type { JsonObject } from '#lib/kinds/object.ts'
import type { PluginSpec } from '#lib/kinds/plugin-spec.ts'

const SENTENCES: Readonly<Partial<Record<FieldErrorCode, string>>> = {
  required: 'A value is needed',
  enum: 'None of the offered values',
  integer: 'Must be a whole number',
  pattern: 'Does not have the form that is asked for',
  quantity: 'Not a Kubernetes quantity such as 500m or 2Gi',
  duration: 'Not a duration such as 30s, 1h30m or 7d',
  duplicate: 'The same entry is there twice',
  labelKey: 'Not the key of a label',
  labelValue: 'Not the value of a label',
  tolerationValue: 'Exists takes no value',
  tolerationSeconds: 'Seconds only go with the effect NoExecute',
  immutable: 'This can’t be changed after installing',
  schema: 'Does not match the schema of the configuration',
}

function detailOf({ code, params }: FieldError): string {
  if (code === 'type') return `Must be of type ${params['type'] ?? ''}`
  if (code === 'requestAboveLimit') return `More is requested than the limit ${params['limit'] ?? ''}`
  const limit = params[code]
  return (
    SENTENCES[code] ?? (limit === undefined ? `Breaks the rule ${code}` : `Breaks the rule ${code} ${limit}`)
  )
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
  const before = config !== undefined && current !== undefined ? { current } : {}
  return validateConfig(form, whole, before).map((error): FieldProblem => ({
    path: error.path === '' ? 'config' : `config.${error.path}`,
    code: error.code,
    detail: detailOf(error),
  }))
}
