import type { ArchiveEntry } from './archive-entries.ts'
import { PackageError } from './package-error.ts'
import { readText } from './package-text.ts'

/** Where the registry's own file layout begins, below `res/registry/`. */
const ROOT = 'docker/registry/v2/'
const BLOB = /^blobs\/sha256\/[0-9a-f]{2}\/([0-9a-f]{64})\/data$/
const TAG_LINK = /^repositories\/(.+)\/_manifests\/tags\/([^/]+)\/current\/link$/
const LINK_TEXT = /^sha256:[0-9a-f]{64}$/
const LINK_BYTES = 200

/** The tags of artifacts in the registry's own file layout, as the archive streams by. */
export class RegistryTags {
  /** Manifest digests by `repository:tag`. */
  readonly tags = new Map<string, string>()
  #isPresent = false

  /** Whether the package holds anything in this layout. */
  get isPresent(): boolean {
    return this.#isPresent
  }

  /**
   * Takes an entry if it belongs to the layout.
   * @param path below `res/registry/`
   * @returns the hex SHA-256 when the entry is a blob, whose content is the caller's; else whether it was taken
   * @throws PackageError `artifact-incomplete` for a link that names no digest
   */
  async take(path: string, entry: ArchiveEntry): Promise<string | boolean> {
    if (!path.startsWith(ROOT)) return false
    this.#isPresent = true
    const inside = path.slice(ROOT.length)
    const blob = BLOB.exec(inside)?.[1]
    if (blob !== undefined) return blob
    const tag = TAG_LINK.exec(inside)
    if (tag === null) return true
    const digest = (await readText(entry, LINK_BYTES)).trim()
    if (!LINK_TEXT.test(digest))
      throw new PackageError('artifact-incomplete', `${entry.path} holds no sha256 digest`, {
        entry: entry.path,
      })
    this.tags.set(`${tag[1]}:${tag[2]}`, digest)
    return true
  }
}
