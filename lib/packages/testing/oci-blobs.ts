import { createHash } from 'node:crypto'
import type { TestEntry } from './pack-entries.ts'

/** A blob with its digest. */
export interface TestBlob {
  bytes: Buffer
  hex: string
  digest: string
}

export function blobOf(content: string | Buffer | object): TestBlob {
  const bytes = Buffer.isBuffer(content)
    ? content
    : Buffer.from(typeof content === 'string' ? content : JSON.stringify(content))
  const hex = createHash('sha256').update(bytes).digest('hex')
  return { bytes, hex, digest: `sha256:${hex}` }
}

export interface TestImage {
  manifest: TestBlob
  /** All blobs, the manifest's own included. */
  blobs: TestBlob[]
}

/** An image of one layer for one platform. */
export function imageOf(content: string, platform: { os: string; architecture: string }): TestImage {
  const config = blobOf({ ...platform, config: {}, rootfs: { type: 'layers', diff_ids: [] } })
  const layer = blobOf(content)
  const manifest = blobOf({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: reference(config, 'application/vnd.oci.image.config.v1+json'),
    layers: [reference(layer, 'application/vnd.oci.image.layer.v1.tar')],
  })
  return { manifest, blobs: [config, layer, manifest] }
}

/** An index over images, each for its platform. */
export function indexOf(
  images: readonly { image: TestImage; os: string; architecture: string }[],
): TestImage {
  const manifest = blobOf({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: images.map(({ image, os, architecture }) => ({
      ...reference(image.manifest, 'application/vnd.oci.image.manifest.v1+json'),
      platform: { os, architecture },
    })),
  })
  return { manifest, blobs: [...images.flatMap(({ image }) => image.blobs), manifest] }
}

function reference({ bytes, digest }: TestBlob, mediaType: string): object {
  return { mediaType, digest, size: bytes.length }
}

/** The blobs where an OCI image layout has them, each once. */
export function layoutBlobs(folder: string, images: readonly TestImage[]): TestEntry[] {
  const blobs = new Map(images.flatMap(({ blobs: all }) => all).map((blob) => [blob.hex, blob.bytes]))
  return [...blobs].map(([hex, bytes]): TestEntry => [`${folder}/blobs/sha256/${hex}`, bytes])
}

/** An OCI image layout in `folder`: its images by `org.opencontainers.image.ref.name` (empty: without one). */
export function ociLayout(
  folder: string,
  images: readonly (readonly [refName: string, TestImage])[],
): TestEntry[] {
  const manifests = images.map(([refName, { manifest }]) => ({
    ...reference(manifest, 'application/vnd.oci.image.manifest.v1+json'),
    ...(refName !== '' && { annotations: { 'org.opencontainers.image.ref.name': refName } }),
  }))
  return [
    [`${folder}/oci-layout`, JSON.stringify({ imageLayoutVersion: '1.0.0' })],
    ...layoutBlobs(
      folder,
      images.map(([, image]) => image),
    ),
    [`${folder}/index.json`, JSON.stringify({ schemaVersion: 2, manifests })],
  ]
}
