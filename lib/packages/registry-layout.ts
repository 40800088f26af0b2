import { createHash } from 'node:crypto'
import { openChartLayer, type ChartFiles } from './chart-layer.ts'
import type { ArchiveEntry } from './archive-entries.ts'
import { PackageError } from './package-error.ts'
import type { PackageLimits } from './package-limits.ts'
import { readText } from './package-text.ts'

const ROOT = 'res/registry/docker/registry/v2/'
const BLOB = /^blobs\/sha256\/([0-9a-f]{2})\/([0-9a-f]{64})\/data$/
const TAG_LINK = /^repositories\/(.+)\/_manifests\/tags\/([^/]+)\/current\/link$/
const LINK_TEXT = /^sha256:[0-9a-f]{64}$/
const LINK_BYTES = 200
const HELM_LAYER = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip'

interface Manifest {
  layers: { digest: string; mediaType: string }[]
  /** Of an index: the manifests below it. */
  manifests: string[]
}

/**
 * Artifacts in the registry's own file layout, taken in as the archive streams by, in any order.
 * Held are manifests and the texts of charts; every blob's digest is checked, its content otherwise let go.
 */
export class RegistryLayout {
  readonly blobs = { count: 0, bytes: 0 }
  readonly #limits: PackageLimits
  readonly #tags = new Map<string, string>()
  readonly #manifests = new Map<string, Manifest>()
  readonly #charts = new Map<string, ChartFiles | PackageError>()
  #heldManifestBytes = 0
  #heldChartBytes = 0
  #isPresent = false

  constructor(limits: PackageLimits) {
    this.#limits = limits
  }

  /** Whether the package holds anything in this layout. */
  get isPresent(): boolean {
    return this.#isPresent
  }

  /**
   * Takes an entry of the package if it belongs to the layout.
   * @throws PackageError `digest-mismatch`, `artifact-incomplete`, `file-too-large`
   */
  async take(entry: ArchiveEntry): Promise<void> {
    if (!entry.path.startsWith(ROOT)) return
    this.#isPresent = true
    const path = entry.path.slice(ROOT.length)
    const tag = TAG_LINK.exec(path)
    if (tag !== null) return this.#takeTag(`${tag[1]}:${tag[2]}`, entry)
    const blob = BLOB.exec(path)
    if (blob?.[2] !== undefined) return this.#takeBlob(blob[2], entry)
  }

  /** Digest of the manifest under `repository:tag`; null when the package has none. */
  digestOf(repository: string, tag: string): string | null {
    return this.#tags.get(`${repository}:${tag}`) ?? null
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
    if (manifest.manifests[0] !== undefined) manifest = this.#manifestOf(manifest.manifests[0], name)
    const layer = manifest.layers.find(({ mediaType }) => mediaType === HELM_LAYER) ?? manifest.layers[0]
    if (layer === undefined) throw new PackageError('chart-invalid', `The artifact ${name} has no layer`)
    const chart = this.#charts.get(layer.digest)
    if (chart === undefined)
      throw new PackageError(
        'artifact-incomplete',
        `The package lacks the chart of ${name} (${layer.digest}), or it is no chart`,
      )
    if (chart instanceof PackageError) throw chart
    return { digest, files: chart }
  }

  #manifestOf(digest: string, name: string): Manifest {
    const manifest = this.#manifests.get(digest)
    if (manifest === undefined)
      throw new PackageError('artifact-incomplete', `The package lacks the manifest of ${name} (${digest})`)
    return manifest
  }

  async #takeTag(name: string, entry: ArchiveEntry): Promise<void> {
    const digest = (await readText(entry, LINK_BYTES)).trim()
    if (!LINK_TEXT.test(digest))
      throw new PackageError('artifact-incomplete', `${entry.path} holds no sha256 digest`, {
        entry: entry.path,
      })
    this.#tags.set(name, digest)
  }

  async #takeBlob(hex: string, entry: ArchiveEntry): Promise<void> {
    const hash = createHash('sha256')
    const held: Uint8Array[] = []
    let kind: 'manifest' | 'layer' | 'other' | undefined
    for await (const chunk of entry.content) {
      hash.update(chunk)
      kind ??= this.#kindOf(chunk, entry.size)
      if (kind !== 'other') held.push(chunk)
    }
    if (hash.digest('hex') !== hex)
      throw new PackageError('digest-mismatch', `${entry.path} does not hold what its digest says`, {
        entry: entry.path,
      })
    this.blobs.count += 1
    this.blobs.bytes += entry.size
    const digest = `sha256:${hex}`
    if (kind === 'manifest') this.#holdManifest(digest, Buffer.concat(held))
    if (kind === 'layer') await this.#holdChart(digest, Buffer.concat(held), entry.path)
  }

  #kindOf(start: Uint8Array, size: number): 'manifest' | 'layer' | 'other' {
    if (start[0] === 0x7b && size <= this.#limits.manifestBytes) return 'manifest'
    if (start[0] === 0x1f && start[1] === 0x8b && size <= this.#limits.chartLayerBytes) return 'layer'
    return 'other'
  }

  #holdManifest(digest: string, bytes: Buffer): void {
    const manifest = parseManifest(bytes)
    if (manifest === undefined) return
    this.#heldManifestBytes += bytes.length
    if (this.#heldManifestBytes > this.#limits.heldManifestBytes)
      throw new PackageError(
        'file-too-large',
        `The package's manifests take more than ${this.#limits.heldManifestBytes} bytes`,
        {
          limit: this.#limits.heldManifestBytes,
        },
      )
    this.#manifests.set(digest, manifest)
  }

  /** A layer that can't be opened matters only if it turns out to be the main chart: the error is kept till then. */
  async #holdChart(digest: string, bytes: Buffer, path: string): Promise<void> {
    try {
      const files = await openChartLayer(bytes, this.#limits)
      if (files === undefined) return
      for (const text of Object.values(files)) this.#heldChartBytes += text.length
      this.#charts.set(digest, files)
    } catch (error) {
      if (!(error instanceof PackageError)) throw error
      const { limit, cause } = error
      this.#charts.set(
        digest,
        new PackageError(error.code, `The main chart can't be read: ${error.message}`, {
          entry: path,
          limit,
          cause,
        }),
      )
    }
    if (this.#heldChartBytes > this.#limits.heldChartBytes)
      throw new PackageError(
        'file-too-large',
        `The package's charts take more than ${this.#limits.heldChartBytes} bytes`,
        {
          limit: this.#limits.heldChartBytes,
        },
      )
  }
}

/** A manifest or an index, whatever its media type; undefined for any other JSON. */
function parseManifest(bytes: Buffer): Manifest | undefined {
  let value: unknown
  try {
    value = JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const layers = 'layers' in value ? descriptors(value.layers) : []
  const manifests = 'manifests' in value ? descriptors(value.manifests) : []
  if (layers.length + manifests.length === 0) return undefined
  return { layers, manifests: manifests.map(({ digest }) => digest) }
}

function descriptors(value: unknown): { digest: string; mediaType: string }[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((item: unknown) => {
    if (typeof item !== 'object' || item === null || !('digest' in item)) return []
    const { digest } = item
    const mediaType = 'mediaType' in item ? item.mediaType : ''
    if (typeof digest !== 'string' || typeof mediaType !== 'string') return []
    return [{ digest, mediaType }]
  })
}
