import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { withoutHost } from '#lib/packages/artifact-list.ts'
import { isRecord, referencesIn } from '#lib/packages/oci-manifest.ts'
import type { ImageSource, NamedImage } from './image-source.ts'

const REF_NAME = 'org.opencontainers.image.ref.name'
/** Where containerd and docker write the whole name. */
const WHOLE_NAME = 'io.containerd.image.name'

/**
 * Images of an OCI image layout in a folder.
 * @throws (from `images`) Error when its index.json is none; the file system's own errors
 */
export function layoutSource(folder: string): ImageSource {
  const read = (digest: string) => createReadStream(join(folder, 'blobs/sha256', hexOf(digest)))
  return {
    async images() {
      const value = parsedJson(await readFile(join(folder, 'index.json'), 'utf8'), folder)
      const manifests =
        isRecord(value) && Array.isArray(value['manifests']) ? (value['manifests'] as unknown[]) : []
      return manifests.flatMap((manifest): NamedImage[] => {
        const [reference] = referencesIn([manifest])
        if (reference === undefined) return []
        return [{ name: nameOf(manifest), digest: reference.digest }]
      })
    },
    readManifest: read,
    readBlob: read,
  }
}

function nameOf(manifest: unknown): NamedImage['name'] {
  const annotations = isRecord(manifest) ? manifest['annotations'] : undefined
  if (!isRecord(annotations)) return null
  for (const key of [WHOLE_NAME, REF_NAME]) {
    const name = annotations[key]
    const whole = typeof name === 'string' ? withoutHost(name) : undefined
    if (whole !== undefined) return whole
  }
  return null
}

/** @throws TypeError for anything but a sha256 digest: it becomes a path */
function hexOf(digest: string): string {
  const hex = /^sha256:([0-9a-f]{64})$/.exec(digest)?.[1]
  if (hex === undefined) throw new TypeError('not a sha256 digest')
  return hex
}

function parsedJson(text: string, folder: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`${join(folder, 'index.json')} is not JSON`)
  }
}
