import { createHash } from 'node:crypto'
import type { ArchiveEntry } from './archive-entries.ts'
import type { BlobSink, BlobWriter } from './blob-sink.ts'
import { openChartLayer, type ChartFiles } from './chart-layer.ts'
import { parseManifest, platformOf, type OciManifest } from './oci-manifest.ts'
import { PackageError } from './package-error.ts'
import type { PackageLimits } from './package-limits.ts'

/** What a blob's first bytes and size make of it. */
type BlobKind = 'json' | 'layer' | 'other'

/**
 * The blobs of a package as they stream by: every one's digest is checked. Held are manifests, platforms and the texts
 * of charts; all other content is let go, or goes to the sink.
 */
export class HeldBlobs {
  /** Bytes by digest. */
  readonly sizes = new Map<string, number>()
  /** Digests that the package holds under more than one path. */
  readonly doubled = new Set<string>()
  readonly #limits: PackageLimits
  readonly #sink: BlobSink | undefined
  readonly #manifests = new Map<string, OciManifest>()
  readonly #platforms = new Map<string, string>()
  readonly #charts = new Map<string, ChartFiles | PackageError>()
  #heldManifestBytes = 0
  #heldChartBytes = 0

  constructor(limits: PackageLimits, sink?: BlobSink) {
    this.#limits = limits
    this.#sink = sink
  }

  manifestOf(digest: string): OciManifest | undefined {
    return this.#manifests.get(digest)
  }

  /** What an image's configuration says it runs on. */
  platformOf(digest: string): string | undefined {
    return this.#platforms.get(digest)
  }

  /** The chart in a layer; an error when it looks like one and can't be opened, undefined for any other blob. */
  chartIn(digest: string): ChartFiles | PackageError | undefined {
    return this.#charts.get(digest)
  }

  /**
   * Takes the blob that should have this digest.
   * @param hex its SHA-256, as its path says
   * @throws PackageError `digest-mismatch`, `manifests-too-large`, `charts-too-large`; the sink's errors
   */
  async take(hex: string, entry: ArchiveEntry): Promise<void> {
    const digest = `sha256:${hex}`
    const isDoubled = this.sizes.has(digest)
    const writer = isDoubled ? undefined : await this.#sink?.open(hex)
    try {
      const { kind, bytes } = await this.#collect(hex, entry, writer)
      if (isDoubled) {
        this.doubled.add(digest)
        return
      }
      this.sizes.set(digest, entry.size)
      if (kind === 'json') this.#holdJson(digest, bytes)
      if (kind === 'layer') await this.#holdChart(digest, bytes, entry.path)
    } finally {
      await writer?.discard()
    }
  }

  /** Checks the content's digest on its way; returns what of it is looked into. */
  async #collect(
    hex: string,
    entry: ArchiveEntry,
    writer: BlobWriter | undefined,
  ): Promise<{ kind: BlobKind; bytes: Buffer }> {
    const hash = createHash('sha256')
    const held: Uint8Array[] = []
    let kind: BlobKind | undefined
    for await (const chunk of entry.content) {
      hash.update(chunk)
      kind ??= this.#kindOf(chunk, entry.size)
      if (kind !== 'other') held.push(chunk)
      await writer?.write(chunk)
    }
    if (hash.digest('hex') !== hex)
      throw new PackageError('digest-mismatch', `${entry.path} does not hold what its digest says`, {
        entry: entry.path,
      })
    await writer?.keep()
    return { kind: kind ?? 'other', bytes: Buffer.concat(held) }
  }

  #kindOf(start: Uint8Array, size: number): BlobKind {
    if (start[0] === 0x7b && size <= this.#limits.manifestBytes) return 'json'
    if (start[0] === 0x1f && start[1] === 0x8b && size <= this.#limits.chartLayerBytes) return 'layer'
    return 'other'
  }

  #holdJson(digest: string, bytes: Buffer): void {
    let value: unknown
    try {
      value = JSON.parse(bytes.toString('utf8'))
    } catch {
      return
    }
    const platform = platformOf(value)
    if (platform !== null) this.#platforms.set(digest, platform)
    const manifest = parseManifest(value)
    if (manifest === undefined) return
    this.#heldManifestBytes += bytes.length
    if (this.#heldManifestBytes > this.#limits.heldManifestBytes)
      throw tooMuch('manifests-too-large', 'manifests', this.#limits.heldManifestBytes)
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
      throw tooMuch('charts-too-large', 'charts', this.#limits.heldChartBytes)
  }
}

function tooMuch(
  code: 'manifests-too-large' | 'charts-too-large',
  what: string,
  limit: number,
): PackageError {
  return new PackageError(code, `The package's ${what} take more than ${limit} bytes`, { limit })
}
