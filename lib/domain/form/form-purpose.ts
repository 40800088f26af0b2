import type { Descriptor, SizeSettings } from '#lib/kinds/plugin-spec.ts'
import type { FormSource } from './compile-form.ts'
import type { FormObject } from './form-model.ts'

/** What a version says about its three forms. */
export interface FormParts {
  config?: FormObject
  deployDescriptors?: readonly Descriptor[]
  editDescriptors?: readonly Descriptor[]
  upgradeDescriptors?: readonly Descriptor[]
  sizeSettings?: SizeSettings | null
}

/**
 * The form of a version for one purpose. Changing an installation shows what only the install form has as
 * fixed; a version that says nothing about changing or upgrading is changed with its install form.
 * @param current the installation's configuration, for `update` and `upgrade`
 */
export function formSourceOf(
  purpose: 'install' | 'update' | 'upgrade',
  version: FormParts,
  current?: FormObject,
): FormSource {
  const { config, sizeSettings } = version
  const deploy = version.deployDescriptors ?? []
  const own = (purpose === 'update' ? version.editDescriptors : version.upgradeDescriptors) ?? []
  const common = { config, sizeSettings, ...(current !== undefined && { current }) }
  if (purpose === 'install' || own.length === 0) return { ...common, descriptors: deploy }
  return { ...common, descriptors: own, ...(purpose === 'update' && { fixedDescriptors: deploy }) }
}
