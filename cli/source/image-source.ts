import type { ArtifactReference } from '#lib/packages/artifact-list.ts'

/** An image, or anything with a manifest, as a source has it. */
export interface NamedImage {
  /** As the source calls it; null when it has no whole name. */
  name: ArtifactReference | null
  digest: string
}

/** Where images come from: an OCI image layout, an archive, a registry. */
export interface ImageSource {
  images(): Promise<readonly NamedImage[]>
  /** The bytes of a manifest. What they, and those of a blob, hash to is for the reader to check. */
  readManifest(digest: string): AsyncIterable<Uint8Array>
  readBlob(digest: string): AsyncIterable<Uint8Array>
}
