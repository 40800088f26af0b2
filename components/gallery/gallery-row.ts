import type { FormObject } from '#lib/domain/form/form-model.ts'
import type { CapabilityName } from '#lib/domain/form/capability.ts'
import type { Descriptor, SizeSettings } from '#lib/kinds/plugin-spec.ts'

/** One line of the gallery: a piece of the form language and what becomes of it. */
export interface GalleryRow {
  /** Unique; the anchor of the row. */
  id: string
  /** What it shows, as it is written in descriptors; for rows without capabilities what the values are. */
  title: string
  /** The capabilities that this row is the example of. */
  shows: readonly CapabilityName[]
  descriptors: readonly Descriptor[]
  config: FormObject
  /** Of an installation: shown, and can't change any more. */
  fixedDescriptors?: readonly Descriptor[]
  sizeSettings?: SizeSettings
}

const PREFIX = 'urn:alm:descriptor:'

/** A descriptor; `com.tectonic.ui:` is written `ui:` here. */
export function descriptor(path: string, displayName: string, ...capabilities: string[]): Descriptor {
  return {
    path,
    displayName,
    'x-descriptors': capabilities.map((text) => PREFIX + text.replace(/^ui:/, 'com.tectonic.ui:')),
  }
}
