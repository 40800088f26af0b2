import { cleanText } from '#lib/domain/clean-text.ts'
import { loadYamlObjects } from './load-yaml.ts'
import { isRecord } from './oci-manifest.ts'
import type { RelatedImage } from './package-contents.ts'
import { PackageError } from './package-error.ts'

const MAX_IMAGES = 1000
const MAX_TEXT = 300

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? cleanText(String(value), MAX_TEXT) : ''
}

/**
 * The images that a chart's `values.yaml` lists below `global.images`. They are told, not relied on: a file that can't
 * be read lists none.
 */
export function relatedImages(values: string | undefined): RelatedImage[] {
  if (values === undefined) return []
  const images = imagesIn(values)
  return Object.entries(images)
    .slice(0, MAX_IMAGES)
    .flatMap(([name, image]): RelatedImage[] => {
      if (!isRecord(image)) return []
      const { repository, tag, support_arm: supportsArm, thirdparty } = image
      if (text(repository) === '') return []
      return [
        {
          name: text(name),
          repository: text(repository),
          tag: text(tag),
          supportsArm: typeof supportsArm === 'boolean' ? supportsArm : null,
          thirdParty: thirdparty === true,
        },
      ]
    })
}

function imagesIn(values: string): Record<string, unknown> {
  try {
    const global = loadYamlObjects(values, 'values.yaml')[0]?.['global']
    const images = isRecord(global) ? global['images'] : undefined
    return isRecord(images) ? images : {}
  } catch (error) {
    if (error instanceof PackageError) return {}
    throw error
  }
}
