import type { ArchiveEntry } from './archive-entries.ts'
import { parseArtifactReference, withoutHost, type ArtifactReference } from './artifact-list.ts'
import { isRecord, referencesIn } from './oci-manifest.ts'
import { PackageError } from './package-error.ts'
import type { PackageLimits } from './package-limits.ts'
import { readBytes } from './package-text.ts'

const BLOB = /^(?:.*\/)?blobs\/sha256\/([0-9a-f]{64})$/
const INDEX = /^(?:(.+)\/)?index\.json$/
const MARKER = /^(?:.+\/)?oci-layout$/
const REF_NAME = 'org.opencontainers.image.ref.name'

interface NamedManifest {
  /** Folder of the layout below `res/registry/`; empty for the one that is there itself. */
  folder: string
  /** `repository:tag`, a tag, or nothing. */
  refName: string
  digest: string
}

/**
 * Artifacts in OCI image layouts, as `skopeo copy … oci:` writes them: one at `res/registry`, or one for each
 * repository below it.
 */
export class OciLayouts {
  readonly #limits: PackageLimits
  readonly #named: NamedManifest[] = []
  #isPresent = false

  constructor(limits: PackageLimits) {
    this.#limits = limits
  }

  /** Whether the package holds anything in this layout. */
  get isPresent(): boolean {
    return this.#isPresent
  }

  /**
   * Takes an entry if it belongs to a layout.
   * @param path below `res/registry/`
   * @returns the hex SHA-256 when the entry is a blob, whose content is the caller's; else whether it was taken
   * @throws PackageError `artifact-incomplete` for an index that is none
   */
  async take(path: string, entry: ArchiveEntry): Promise<string | boolean> {
    const blob = BLOB.exec(path)?.[1]
    const index = INDEX.exec(path)
    if (blob === undefined && index === null && !MARKER.test(path)) return false
    this.#isPresent = true
    if (blob !== undefined) return blob
    if (index !== null) await this.#takeIndex(index[1] ?? '', entry)
    return true
  }

  /**
   * Manifest digests by `repository:tag`. A name with a registry's host is the one of the list
   * without it. A name that is only a tag belongs to the artifact of the list that has this
   * tag, below a folder to the one whose repository is that folder.
   * @param listed what `res/artifacts.txt` lists
   * @throws PackageError `artifact-ambiguous` where more than one artifact could be meant, or none
   */
  tags(listed: readonly ArtifactReference[]): Map<string, string> {
    const tags = new Map<string, string>()
    for (const named of this.#named) {
      const name = nameOf(named, listed)
      const known = tags.get(name)
      if (known !== undefined && known !== named.digest)
        throw new PackageError('artifact-ambiguous', `The package holds ${name} with two different contents`)
      tags.set(name, named.digest)
    }
    return tags
  }

  async #takeIndex(folder: string, entry: ArchiveEntry): Promise<void> {
    const bytes = await readBytes(entry, this.#limits.manifestBytes)
    let value: unknown
    try {
      value = JSON.parse(bytes.toString('utf8'))
    } catch (cause) {
      throw new PackageError('artifact-incomplete', `${entry.path} is not JSON`, { entry: entry.path, cause })
    }
    const manifests = isRecord(value) && Array.isArray(value['manifests']) ? value['manifests'] : null
    if (manifests === null)
      throw new PackageError('artifact-incomplete', `${entry.path} is no index of an OCI image layout`, {
        entry: entry.path,
      })
    for (const manifest of manifests as unknown[]) {
      const [reference] = referencesIn([manifest])
      if (reference === undefined)
        throw new PackageError(
          'artifact-incomplete',
          `${entry.path} names a manifest without a sha256 digest`,
          {
            entry: entry.path,
          },
        )
      this.#named.push({ folder, refName: refNameOf(manifest), digest: reference.digest })
      if (this.#named.length > this.#limits.artifacts)
        throw new PackageError(
          'too-many-artifacts',
          `The package names more than ${this.#limits.artifacts} artifacts`,
          {
            limit: this.#limits.artifacts,
          },
        )
    }
  }
}

function refNameOf(manifest: unknown): string {
  const annotations = isRecord(manifest) ? manifest['annotations'] : undefined
  const name = isRecord(annotations) ? annotations[REF_NAME] : undefined
  return typeof name === 'string' ? name : ''
}

function nameOf({ folder, refName, digest }: NamedManifest, listed: readonly ArtifactReference[]): string {
  const isListed = (name: ArtifactReference) =>
    listed.some(({ repository, tag }) => repository === name.repository && tag === name.tag)
  const whole = parseArtifactReference(refName)
  // `skopeo copy docker://host/repository:tag oci:…:host/repository:tag` keeps the host.
  const hostless = withoutHost(refName)
  if (hostless !== undefined && isListed(hostless) && !(whole !== undefined && isListed(whole)))
    return `${hostless.repository}:${hostless.tag}`
  if (whole !== undefined) return `${whole.repository}:${whole.tag}`
  const fitting = listed.filter(
    ({ repository, tag }) => (folder === '' || repository === folder) && (refName === '' || tag === refName),
  )
  const [only] = fitting
  if (only !== undefined && fitting.length === 1) return `${only.repository}:${only.tag}`
  // A folder that is not in the list is a repository all the same.
  const inFolder = fitting.length === 0 ? parseArtifactReference(`${folder}:${refName}`) : undefined
  if (inFolder !== undefined) return `${inFolder.repository}:${inFolder.tag}`
  const shown = refName === '' ? digest : refName.slice(0, 200)
  throw new PackageError(
    'artifact-ambiguous',
    fitting.length > 1
      ? `'${shown}' could be ${fitting
          .slice(0, 5)
          .map(({ repository, tag }) => `${repository}:${tag}`)
          .join(' or ')}`
      : `'${shown}' is none of the artifacts that res/artifacts.txt lists`,
    { entry: folder === '' ? 'res/registry/index.json' : `res/registry/${folder}/index.json` },
  )
}
