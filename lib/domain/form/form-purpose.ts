import type { Descriptor, SizeSettings } from '#lib/kinds/plugin-spec.ts'
import { effectiveConfig } from '../effective-config.ts'
import type { FormSource } from './compile-form.ts'
import type { FormObject, FormValue } from './form-model.ts'
import { isForbiddenKey, isObject } from './form-path.ts'

/** What a version says about its three forms. */
export interface FormParts {
  config?: FormObject
  deployDescriptors?: readonly Descriptor[]
  editDescriptors?: readonly Descriptor[]
  upgradeDescriptors?: readonly Descriptor[]
  sizeSettings?: SizeSettings | null
  crossClusterDependencies?: readonly string[]
}

/** `current` where the defaults say nothing: of what type a control is, the new version decides. */
function beneath(defaults: FormValue | undefined, current: FormValue, depth = 0): FormValue {
  if (defaults === undefined || defaults === null) return current
  if (!isObject(defaults) || !isObject(current) || depth > 32) return defaults
  const entries = Object.entries(current).filter(([key]) => !isForbiddenKey(key))
  return Object.fromEntries(
    entries.map(([key, value]) => [
      key,
      beneath(Object.hasOwn(defaults, key) ? defaults[key] : undefined, value, depth + 1),
    ]),
  )
}

function currentFor(
  purpose: 'install' | 'update' | 'upgrade',
  config: FormObject | undefined,
  current: FormObject | undefined,
): Pick<FormSource, 'current'> {
  if (current === undefined) return {}
  if (purpose !== 'upgrade') return { current }
  const known = beneath(effectiveConfig(config, {}), current)
  return isObject(known) ? { current: known } : {}
}

/**
 * The form of a version for one purpose. Changing an installation shows what only the install form has as
 * fixed, and so does an upgrade without a form of its own, save what the new version needs an answer to; a version that
 * says nothing about changing or upgrading is changed with its install form.
 * @param current the installation's configuration, for `update` and `upgrade`
 */
export function formSourceOf(
  purpose: 'install' | 'update' | 'upgrade',
  version: FormParts,
  current?: FormObject,
): FormSource {
  const { config, sizeSettings } = version
  const deploy = version.deployDescriptors ?? []
  const edit = version.editDescriptors ?? []
  const upgrade = version.upgradeDescriptors ?? []
  const common = {
    config,
    sizeSettings,
    ...currentFor(purpose, config, current),
    ...(version.crossClusterDependencies !== undefined && {
      crossClusterDependencies: version.crossClusterDependencies,
    }),
    ...(purpose === 'update' && { keepsAbsent: true }),
  }
  if (purpose === 'upgrade' && upgrade.length > 0) return { ...common, descriptors: upgrade }
  // Without an install form an upgrade follows the values.
  const isFixed = edit.length > 0 && (purpose === 'update' || (purpose === 'upgrade' && deploy.length > 0))
  const changeable = purpose === 'install' && edit.length > 0 && { changeableDescriptors: edit }
  if (!isFixed) return { ...common, descriptors: deploy, ...changeable }
  const installed = purpose === 'upgrade' && { installed: current ?? {} }
  return { ...common, descriptors: edit, fixedDescriptors: deploy, ...installed }
}
