import type { ArchiveEntry } from './archive-entries.ts'
import type { ArtifactReference } from './artifact-list.ts'
import type { BlobSink } from './blob-sink.ts'
import type { ChartFiles } from './chart-layer.ts'
import { HeldBlobs } from './held-blobs.ts'
import { OciLayouts } from './oci-layouts.ts'
import { isForeign, type BlobReference, type OciManifest } from './oci-manifest.ts'
import { PackageError } from './package-error.ts'
import type { PackageLimits } from './package-limits.ts'
import { RegistryTags } from './registry-tags.ts'

const ROOT = 'res/registry/'
const HELM_CONFIG = 'application/vnd.cncf.helm.config.v1+json'
const HELM_LAYER = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip'
/** Indexes inside indexes. */
const MAX_DEPTH = 4

/** What hangs below a manifest. */
export interface ArtifactTree {
  type: 'chart' | 'image' | 'other'
  /** `os/architecture[/variant]`, each once, in the order of the index. */
  platforms: string[]
  /** Digests of all its blobs, the manifest's own included. */
  blobs: ReadonlySet<string>
}

/** The artifacts of a package in whichever layout it has them, taken in as the archive streams by, in any order. */
export class StoredArtifacts {
  readonly #blobs: HeldBlobs
  readonly #registry = new RegistryTags()
  readonly #oci: OciLayouts
  #tags: ReadonlyMap<string, string> = new Map()

  /** @param sink where blobs go once their digest is checked */
  constructor(limits: PackageLimits, sink?: BlobSink) {
    this.#blobs = new HeldBlobs(limits, sink)
    this.#oci = new OciLayouts(limits)
  }

  /** How the package holds its artifacts. */
  get layout(): 'registry' | 'oci' | 'none' {
    if (this.#registry.isPresent) return 'registry'
    return this.#oci.isPresent ? 'oci' : 'none'
  }

  /** Number and bytes of all blobs, each counted once. */
  get totals(): { count: number; bytes: number } {
    let bytes = 0
    for (const size of this.#blobs.sizes.values()) bytes += size
    return { count: this.#blobs.sizes.size, bytes }
  }

  /**
   * Takes an entry of the package if it belongs to an artifact.
   * @throws PackageError `digest-mismatch`, `artifact-incomplete`, `file-too-large`
   */
  async take(entry: ArchiveEntry): Promise<void> {
    if (!entry.path.startsWith(ROOT)) return
    const path = entry.path.slice(ROOT.length)
    let taken = await this.#registry.take(path, entry)
    if (taken === false) taken = await this.#oci.take(path, entry)
    if (typeof taken === 'string') await this.#blobs.take(taken, entry)
  }

  /**
   * Finds out which manifest each name means; to be called once, when all has been taken.
   * @param listed what `res/artifacts.txt` lists
   * @throws PackageError `artifact-ambiguous`
   */
  resolve(listed: readonly ArtifactReference[]): void {
    const tags = this.#oci.tags(listed)
    for (const [name, digest] of this.#registry.tags) {
      if ((tags.get(name) ?? digest) !== digest)
        throw new PackageError('artifact-ambiguous', `The package holds ${name} with two different contents`)
      tags.set(name, digest)
    }
    this.#tags = tags
  }

  /** Manifest digests by `repository:tag`. */
  get tags(): ReadonlyMap<string, string> {
    return this.#tags
  }

  /**
   * Everything that belongs to the artifact under `repository:tag`; null when the package holds none.
   * @throws PackageError `artifact-incomplete`, naming what is missing
   */
  treeOf(name: string): ArtifactTree | null {
    const digest = this.#tags.get(name)
    if (digest === undefined) return null
    const blobs = new Set<string>()
    const platforms = new Set<string>()
    const missing = new Set<string>()
    const types = new Set<ArtifactTree['type']>()
    const visit = (reference: BlobReference, depth: number) => {
      if (!this.#has(reference, name, missing) || blobs.has(reference.digest)) return
      blobs.add(reference.digest)
      const manifest = this.#manifestOf(reference.digest, name)
      for (const child of manifest.manifests) {
        if (child.platform !== null) platforms.add(child.platform)
        if (depth < MAX_DEPTH) visit(child, depth + 1)
      }
      for (const blob of [...(manifest.config === null ? [] : [manifest.config]), ...manifest.layers])
        if (!isForeign(blob) && this.#has(blob, name, missing)) blobs.add(blob.digest)
      if (manifest.manifests.length > 0) return
      types.add(this.#typeOf(manifest))
      const own = manifest.config === null ? undefined : this.#blobs.platformOf(manifest.config.digest)
      if (own !== undefined && reference.platform === null) platforms.add(own)
    }
    visit({ digest, mediaType: '', size: null, platform: null }, 0)
    if (missing.size > 0)
      throw new PackageError(
        'artifact-incomplete',
        `The package lacks ${missing.size} blobs of ${name}: ${[...missing].slice(0, 5).join(', ')}`,
      )
    // Attestations beside images have the platform unknown/unknown.
    platforms.delete('unknown/unknown')
    const [type = 'other'] = (['chart', 'image', 'other'] as const).filter((one) => types.has(one))
    return { type, platforms: [...platforms], blobs }
  }

  /**
   * The chart stored under `repository:tag`; null when the package holds nothing under that tag.
   * @throws PackageError `artifact-incomplete`, `chart-invalid`, or why the chart's layer could not be opened
   */
  chartOf(repository: string, tag: string): { digest: string; files: ChartFiles } | null {
    const name = `${repository}:${tag}`
    const digest = this.#tags.get(name)
    if (digest === undefined) return null
    let manifest = this.#manifestOf(digest, name)
    if (manifest.manifests[0] !== undefined) manifest = this.#manifestOf(manifest.manifests[0].digest, name)
    const layer = manifest.layers.find(({ mediaType }) => mediaType === HELM_LAYER) ?? manifest.layers[0]
    if (layer === undefined) throw new PackageError('chart-invalid', `The artifact ${name} has no layer`)
    const chart = this.#blobs.chartIn(layer.digest)
    if (chart === undefined)
      throw new PackageError(
        'artifact-incomplete',
        `The package lacks the chart of ${name} (${layer.digest}), or it is no chart`,
      )
    if (chart instanceof PackageError) throw chart
    return { digest, files: chart }
  }

  /** Blobs under more than one path, and blobs that no tag leads to. */
  oddBlobs(trees: readonly ArtifactTree[]): { doubled: string[]; unreferenced: string[] } {
    const referenced = new Set(trees.flatMap(({ blobs }) => [...blobs]))
    return {
      doubled: [...this.#blobs.doubled],
      unreferenced: [...this.#blobs.sizes.keys()].filter((digest) => !referenced.has(digest)),
    }
  }

  bytesOf(tree: ArtifactTree): number {
    let bytes = 0
    for (const digest of tree.blobs) bytes += this.#blobs.sizes.get(digest) ?? 0
    return bytes
  }

  /** @throws PackageError when the blob is there in another size than its manifest says */
  #has({ digest, size }: BlobReference, name: string, missing: Set<string>): boolean {
    const held = this.#blobs.sizes.get(digest)
    if (held === undefined) {
      missing.add(digest)
      return false
    }
    if (size !== null && size !== held)
      throw new PackageError(
        'artifact-incomplete',
        `A manifest of ${name} gives ${digest} ${size} bytes; the package has ${held}`,
      )
    return true
  }

  #manifestOf(digest: string, name: string): OciManifest {
    const manifest = this.#blobs.manifestOf(digest)
    if (manifest === undefined)
      throw new PackageError('artifact-incomplete', `The package lacks the manifest of ${name} (${digest})`)
    return manifest
  }

  #typeOf({ config, layers }: OciManifest): ArtifactTree['type'] {
    if (config?.mediaType === HELM_CONFIG || layers.some(({ mediaType }) => mediaType === HELM_LAYER))
      return 'chart'
    return config !== null && this.#blobs.platformOf(config.digest) !== undefined ? 'image' : 'other'
  }
}
