import type { Descriptor, SizeSettings } from '#lib/kinds/plugin-spec.ts'
import { effectiveConfig, isConfigSchema } from '../effective-config.ts'
import { shownOf } from './apply-conditions.ts'
import { addClusterPickers } from './cluster-pickers.ts'
import { ControlCollector } from './control-collector.ts'
import { deriveControls } from './derive-controls.ts'
import { compileDescriptors } from './descriptor-controls.ts'
import { appliedIn, planOf } from './form-conditions.ts'
import type { FormModel, FormObject, FormValue } from './form-model.ts'
import { getAt, isForbiddenKey, isObject } from './form-path.ts'
import { safeSchema } from './form-schema.ts'
import { openUnanswered } from './open-unanswered.ts'
import { MAX_CONTROLS, readDescriptors } from './read-descriptors.ts'
import { schemaControls } from './schema-controls.ts'
import { applySizes } from './size-presets.ts'

export interface FormSource {
  /** The version's `config`: defaults, or a JSON Schema. */
  config?: FormObject
  /** The controls; without any, the form follows the values. */
  descriptors?: readonly Descriptor[]
  /** Controls that are shown but can't change any more, unless `descriptors` has them. */
  fixedDescriptors?: readonly Descriptor[]
  /** When installing: the controls that may change afterwards; without any, all may. */
  changeableDescriptors?: readonly Descriptor[]
  /** What runs, in an upgrade: what has no answer in there that counts can be answered though it is fixed. */
  installed?: FormObject
  /** What is configured now; its values count for types, and for a form that follows the values. */
  current?: FormObject
  sizeSettings?: SizeSettings | null
  /** Plugins of which a cluster is chosen, whether or not a descriptor says so. */
  crossClusterDependencies?: readonly string[]
  /** What is absent in `current` stays absent: controls that are shown from the start don't fill in their defaults. */
  keepsAbsent?: boolean
}

/** `over` laid on `under`, objects key by key; null says nothing about a type, so there `under` does. */
function overlay(
  under: FormValue | undefined,
  over: FormValue | undefined,
  depth = 0,
): FormValue | undefined {
  if (over === undefined || (over === null && under !== undefined)) return under
  if (!isObject(under) || !isObject(over) || depth > 32) return over
  const result: FormObject = { ...under }
  for (const [key, value] of Object.entries(over)) {
    const merged = isForbiddenKey(key) ? undefined : overlay(result[key], value, depth + 1)
    if (merged !== undefined) result[key] = merged
  }
  return result
}

/** Changing an installation and saving it untouched must change nothing, so what it lacks is not filled in. */
function keepAbsent(form: FormModel, current: FormObject): void {
  for (const control of shownOf(appliedIn(form, current)))
    if (control.fallback !== undefined && getAt(current, control.path) === undefined) delete control.fallback
}

/** Says of each control whether its answer stays: as the form for changing an installation has it. */
function markLasting(form: FormModel, source: FormSource): void {
  const { changeableDescriptors, descriptors, ...rest } = source
  const later = compileForm({ ...rest, descriptors: changeableDescriptors, fixedDescriptors: descriptors })
  const stays = new Set(later.controls.filter(({ immutable }) => immutable).map(({ id }) => id))
  for (const control of form.controls) if (stays.has(control.id)) control.lasting = true
}

/**
 * Compiles what a plugin version says about its configuration to a form. Pure; takes whatever strangers
 * publish and never throws: what it can't honour is in `notes`.
 */
export function compileForm(source: FormSource): FormModel {
  const config: FormObject = isObject(source.config) ? source.config : {}
  const into = new ControlCollector(MAX_CONTROLS)
  const defaults = effectiveConfig(config, {})
  const schema = isConfigSchema(config) ? safeSchema(config, into) : null
  const values = overlay(defaults, isObject(source.current) ? source.current : undefined)
  const known: FormObject = isObject(values) ? values : {}
  const drafts = readDescriptors(source.descriptors, source.fixedDescriptors, into)
  const form: FormModel = {
    from: 'nothing',
    defaults,
    schema,
    controls: into.controls,
    layout: [],
    advanced: [],
    notes: into.notes,
  }
  if (drafts.length > 0) Object.assign(form, { from: 'descriptors' }, compileDescriptors(drafts, known, into))
  else if (schema !== null) {
    form.from = 'schema'
    form.layout = schemaControls(schema, known, into)
  } else if (Object.keys(known).length > 0) {
    form.from = 'values'
    form.layout = deriveControls(known, [], into)
  }
  applySizes(form, source.sizeSettings, into)
  addClusterPickers(form, source, into)
  if (form.controls.length === 0) form.from = 'nothing'
  else if (form.from === 'nothing') form.from = 'values'
  planOf(form)
  if (source.installed !== undefined) openUnanswered(form, source.installed)
  if (source.changeableDescriptors !== undefined) markLasting(form, source)
  if (source.keepsAbsent === true && isObject(source.current)) keepAbsent(form, source.current)
  return form
}
