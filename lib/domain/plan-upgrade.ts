import type { JsonObject } from '#lib/kinds/object.ts'
import { effectiveConfig } from './effective-config.ts'
import { compileForm } from './form/compile-form.ts'
import type { FormSource } from './form/compile-form.ts'
import { NO_EDITS, resolveConfig } from './form/config-of.ts'
import type { FormControl, FormModel } from './form/form-model.ts'
import { formatPath, getAt, setAt } from './form/form-path.ts'
import { formSourceOf } from './form/form-purpose.ts'
import type { FormParts } from './form/form-purpose.ts'
import { validateConfig } from './form/validate-config.ts'
import type { FieldError } from './form/validate-config.ts'
import { mergeConfig } from './merge-config.ts'
import type { ConfigMerge } from './merge-config.ts'
import { isSameJson } from './same-json.ts'

export interface UpgradeInput {
  /** The version that the configuration was made for; undefined when it is no longer published. */
  from: FormParts | undefined
  to: FormParts
  /** The installation's own configuration; undefined when it follows the defaults. */
  config: JsonObject | undefined
}

export interface UpgradePlan {
  /** What changes; without a configuration of its own, what following the defaults changes. */
  merge: ConfigMerge
  /** The form of the new version. */
  source: FormSource
  form: FormModel
  /** The form of the old version, for its words; undefined when that is no longer published. */
  fromForm: FormModel | undefined
  /** What runs now, as far as it is known. */
  before: JsonObject | undefined
  /** What the old version's own form does not take of what runs (see `faultKey`): an upgrade alone is not its reason. */
  standing: ReadonlySet<string>
}

/** What makes two faults the same. */
export function faultKey({ path, code }: Pick<FieldError, 'path' | 'code'>): string {
  return `${code} ${path}`
}

function standingFaults(from: FormParts | undefined, before: JsonObject | undefined): Set<string> {
  if (from === undefined || before === undefined) return new Set()
  const form = compileForm(formSourceOf('install', from, before))
  return new Set(validateConfig(form, before).map(faultKey))
}

/** Defaults and the default of each control that counts: one that the form itself would have put there. */
function withFallbacks(
  defaults: JsonObject,
  form: FormModel | undefined,
  counts: (control: FormControl) => boolean,
): JsonObject {
  const owned = new WeakSet<object>()
  let filled = defaults
  for (const control of form?.controls ?? [])
    if (control.fallback !== undefined && getAt(filled, control.path) === undefined && counts(control))
      filled = setAt(filled, control.path, control.fallback, owned)
  return filled
}

/**
 * The form of the new version. Of what type a control is, what runs decides where the new defaults don't, as for the
 * server; a form that follows the values has no controls for keys that go.
 */
function upgradeSource(to: FormParts, before: JsonObject | undefined, merged: JsonObject): FormSource {
  const rows = [...(to.upgradeDescriptors ?? []), ...(to.deployDescriptors ?? [])]
  return formSourceOf('upgrade', to, rows.length > 0 ? before : merged)
}

function fixedPlaces(form: FormModel): Set<string> {
  return new Set(form.controls.filter(({ immutable }) => immutable).map(({ path }) => formatPath(path)))
}

/** What going from one version to another does to an installation's configuration. Pure; never throws. */
export function planUpgrade({ from, to, config }: UpgradeInput): UpgradePlan {
  const known = from && effectiveConfig(from.config, {})
  const next = effectiveConfig(to.config, {})
  const before = config ?? known
  const fromForm = from && compileForm(formSourceOf('update', from, before))
  const standing = standingFaults(from, before)
  if (config === undefined) {
    // No form ever wrote these values: only what the versions themselves say counts.
    const merge = mergeConfig({ old: known, mine: known ?? next, next })
    const source = upgradeSource(to, before, merge.config)
    const form = compileForm(source)
    const fixed = fixedPlaces(form)
    return {
      merge: fixed.size === 0 ? merge : mergeConfig({ ...merge.input, fixed }),
      source,
      form,
      fromForm,
      before,
      standing,
    }
  }
  const isSet = ({ path }: FormControl) => getAt(config, path) !== undefined
  const old = known && withFallbacks(known, fromForm, isSet)
  const plain = mergeConfig({ old, mine: config, next }).config
  const source = upgradeSource(to, before, plain)
  const form = compileForm(source)
  const { shown } = resolveConfig(form, plain, NO_EDITS)
  const filled = withFallbacks(next, form, (control) => shown.has(control.id) || isSet(control))
  const merge = mergeConfig({ old, mine: config, next: filled, fixed: fixedPlaces(form) })
  return { merge, source, form, fromForm, before, standing }
}

/**
 * The configuration to send with the new version; undefined when the version alone says it: nothing differs from the
 * installation's own, or from what the new defaults give an installation that follows them.
 * @param config what choices and form have come to
 */
export function configToSend(
  { merge, form }: UpgradePlan,
  own: JsonObject | undefined,
  config: JsonObject,
): JsonObject | undefined {
  // The new defaults would change what can't change any more: then what runs has to be written.
  if (own === undefined && merge.findings.some(({ isFixed }) => isFixed === true)) return config
  const untouched =
    own === undefined ? [merge.config, resolveConfig(form, merge.config, NO_EDITS).config] : [own]
  return untouched.some((one) => isSameJson(one, config)) ? undefined : config
}
