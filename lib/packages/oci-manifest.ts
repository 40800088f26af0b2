/** What a manifest says about one blob. */
export interface BlobReference {
  digest: string
  mediaType: string
  /** Bytes; null where the manifest does not say. */
  size: number | null
  /** `os/architecture[/variant]` of a manifest in an index; null elsewhere. */
  platform: string | null
}

/** A manifest, or an index of manifests. */
export interface OciManifest {
  config: BlobReference | null
  layers: BlobReference[]
  /** Of an index: the manifests below it. */
  manifests: BlobReference[]
}

const DIGEST = /^sha256:[0-9a-f]{64}$/
/** Layers that are never part of a package: they are fetched from where their `urls` say. */
const FOREIGN = /\.foreign\.|\.nondistributable\./

/** Whether a package need not hold the blob. */
export function isForeign({ mediaType }: BlobReference): boolean {
  return FOREIGN.test(mediaType)
}

/**
 * Reads a manifest or an index, OCI's or Docker's.
 * @returns undefined for any other JSON
 */
export function parseManifest(value: unknown): OciManifest | undefined {
  if (!isRecord(value)) return undefined
  const layers = referencesIn(value['layers'])
  const manifests = referencesIn(value['manifests'])
  const [config = null] = referencesIn([value['config']])
  return layers.length + manifests.length === 0 && config === null ? undefined : { config, layers, manifests }
}

/** The platform that an image's configuration names; null when it names none. */
export function platformOf(config: unknown): string | null {
  if (!isRecord(config)) return null
  const { os, architecture, variant } = config
  if (typeof os !== 'string' || typeof architecture !== 'string' || os === '' || architecture === '')
    return null
  const parts = [os, architecture, ...(typeof variant === 'string' && variant !== '' ? [variant] : [])]
  return parts.join('/').slice(0, 100)
}

/** The references of a list that are sound; what names no blob is left out. */
export function referencesIn(value: unknown): BlobReference[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((item: unknown): BlobReference[] => {
    if (!isRecord(item)) return []
    const { digest, mediaType, size, platform } = item
    if (typeof digest !== 'string' || !DIGEST.test(digest)) return []
    return [
      {
        digest,
        mediaType: typeof mediaType === 'string' ? mediaType : '',
        size: typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : null,
        platform: platformOf(platform),
      },
    ]
  })
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
