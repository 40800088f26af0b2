import type { BlobFolder } from '../blob-sink.ts'
import { isForeign, parseManifest, type BlobReference } from '../oci-manifest.ts'
import type { PackageArtifact } from '../package-contents.ts'
import { PackageError } from '../package-error.ts'
import { repositoryAt, type RegistryTarget } from './registry-target.ts'

export interface PlannedManifest {
  digest: string
  mediaType: string
  bytes: Buffer
}

/** What one artifact of the package needs in the registry. */
export interface PlannedArtifact {
  /** `repository:tag`, as the package has it. */
  name: string
  /** In the registry, prefix included. */
  repository: string
  tag: string
  root: PlannedManifest
  /** Manifests below the root, each after those below it. */
  children: PlannedManifest[]
  /** Digests of configurations and layers. */
  blobs: Set<string>
}

const INDEX = 'application/vnd.oci.image.index.v1+json'
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json'
const MEDIA_TYPE = /^[\w!#$&^.+-]{1,127}\/[\w!#$&^.+-]{1,127}$/

/**
 * What is to be pushed for an artifact, from the manifests in its package's folder; null where the package holds nothing of it.
 * @throws PackageError `artifact-incomplete` when the folder is not that of the package
 */
export async function planArtifact(
  { repository, tag, digest }: PackageArtifact,
  folder: BlobFolder,
  target: RegistryTarget,
): Promise<PlannedArtifact | null> {
  if (digest === null) return null
  const name = `${repository}:${tag}`
  const planned = new Map<string, PlannedManifest>()
  const blobs = new Set<string>()
  const visit = async (reference: Pick<BlobReference, 'digest' | 'mediaType'>): Promise<PlannedManifest> => {
    const known = planned.get(reference.digest)
    if (known !== undefined) return known
    const bytes = await readManifest(folder, reference.digest, name)
    const value = JSON.parse(bytes.toString('utf8')) as unknown
    const manifest = parseManifest(value)
    if (manifest === undefined) throw incomplete(name, reference.digest)
    for (const child of manifest.manifests) await visit(child)
    for (const blob of [...(manifest.config === null ? [] : [manifest.config]), ...manifest.layers])
      if (!isForeign(blob)) blobs.add(blob.digest)
    const own = (value as { mediaType?: unknown }).mediaType
    const mediaType =
      [own, reference.mediaType].filter(isMediaType)[0] ?? (manifest.manifests.length > 0 ? INDEX : MANIFEST)
    const result = { digest: reference.digest, mediaType, bytes }
    planned.set(reference.digest, result)
    return result
  }
  const root = await visit({ digest, mediaType: '' })
  planned.delete(digest)
  return {
    name,
    repository: repositoryAt(target, repository),
    tag,
    root,
    children: [...planned.values()],
    blobs,
  }
}

function isMediaType(type: unknown): type is string {
  return typeof type === 'string' && MEDIA_TYPE.test(type)
}

async function readManifest(folder: BlobFolder, digest: string, name: string): Promise<Buffer> {
  try {
    return await folder.read(digest)
  } catch (cause) {
    throw incomplete(name, digest, cause)
  }
}

function incomplete(name: string, digest: string, cause?: unknown): PackageError {
  return new PackageError('artifact-incomplete', `The package lacks the manifest of ${name} (${digest})`, {
    cause,
  })
}
