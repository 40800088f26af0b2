import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ArtifactReference } from '#lib/packages/artifact-list.ts'

const REGISTRY = 'res/registry/docker/registry/v2'

/** A package's folder while it is made: artifacts go into `res/registry` in the registry's own file layout. */
export class WorkFolder {
  readonly path: string
  readonly artifacts: ArtifactReference[] = []
  readonly #blobs = new Set<string>()

  constructor(path: string) {
    this.path = path
  }

  has(digest: string): boolean {
    return this.#blobs.has(digest)
  }

  /**
   * Stores a blob, once.
   * @param expected its digest, where it is known before
   * @throws Error when it is another one; what the source throws
   */
  async addBlob(
    source: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
    expected?: string,
  ): Promise<{ digest: string; size: number }> {
    const part = this.#inside(`.part-${randomUUID()}`)
    const hash = createHash('sha256')
    let size = 0
    try {
      await mkdir(dirname(part), { recursive: true })
      await using file = await open(part, 'wx')
      for await (const chunk of source) {
        hash.update(chunk)
        size += chunk.length
        await file.writeFile(chunk)
      }
      const hex = hash.digest('hex')
      const digest = `sha256:${hex}`
      if (expected !== undefined && digest !== expected)
        throw new Error(`A blob is not what its name says: ${expected} has the content of ${digest}`)
      if (!this.#blobs.has(digest)) {
        const target = this.#inside(`${REGISTRY}/blobs/sha256/${hex.slice(0, 2)}/${hex}/data`)
        await mkdir(dirname(target), { recursive: true })
        await rename(part, target)
        this.#blobs.add(digest)
      }
      return { digest, size }
    } finally {
      await rm(part, { force: true })
    }
  }

  /**
   * Names a manifest and links what belongs to it.
   * @param blobs digests of all configurations and layers below it
   * @param manifests digests of all manifests, its own among them
   * @throws Error when the name is taken by another manifest
   */
  async tag(
    { repository, tag }: ArtifactReference,
    digest: string,
    { blobs, manifests }: { blobs: Iterable<string>; manifests: Iterable<string> },
  ): Promise<void> {
    if (this.artifacts.some((known) => known.repository === repository && known.tag === tag))
      throw new Error(`${repository}:${tag} is there twice`)
    const folder = `${REGISTRY}/repositories/${repository}`
    for (const blob of blobs) await this.#link(`${folder}/_layers/sha256/${hexOf(blob)}/link`, blob)
    for (const manifest of manifests)
      await this.#link(`${folder}/_manifests/revisions/sha256/${hexOf(manifest)}/link`, manifest)
    await this.#link(`${folder}/_manifests/tags/${tag}/current/link`, digest)
    await this.#link(`${folder}/_manifests/tags/${tag}/index/sha256/${hexOf(digest)}/link`, digest)
    this.artifacts.push({ repository, tag })
  }

  /** Writes a file of the package. */
  async write(path: string, content: string | Uint8Array): Promise<void> {
    const file = this.#inside(path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content)
  }

  #link(path: string, digest: string): Promise<void> {
    return this.write(path, digest)
  }

  #inside(path: string): string {
    return join(this.path, path)
  }
}

function hexOf(digest: string): string {
  return digest.slice('sha256:'.length)
}
