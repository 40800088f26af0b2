import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { JsonObject } from '#lib/kinds/object.ts'
import { chartManifest } from '#lib/packages/chart-artifact.ts'
import { openChartLayer, type ChartFiles } from '#lib/packages/chart-layer.ts'
import { loadYamlObjects } from '#lib/packages/load-yaml.ts'
import { parseManifest } from '#lib/packages/oci-manifest.ts'
import { packTgz } from '#lib/packages/pack-tgz.ts'
import { PackageError } from '#lib/packages/package-error.ts'
import { DEFAULT_LIMITS } from '#lib/packages/package-limits.ts'
import { readBytes } from '#lib/packages/package-text.ts'
import type { ArtifactReference } from '#lib/packages/artifact-list.ts'
import type { ImageSource } from './image-source.ts'
import type { WorkFolder } from './work-folder.ts'

const CHART_CONFIG = 'application/vnd.cncf.helm.config.v1+json'

/** A Helm chart as the artifact that it becomes. */
export interface Chart {
  name: string
  version: string
  metadata: JsonObject
  /** The chart as a `.tgz`. */
  layer: Buffer
  /** Texts that matter, by path inside it. */
  files: ChartFiles
  /** Where paths in its files start; null for a packed one. */
  folder: string | null
}

/**
 * A chart from its folder; the same files give the same bytes.
 * @throws PackageError when it is no sound chart; Error for a link in it; the file system's own errors
 */
export async function chartFromFolder(folder: string): Promise<Chart> {
  const files = new Map<string, Uint8Array>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const inside = relative(folder, path).split(sep).join('/')
    if (inside === '.git' || inside.startsWith('.git/')) continue
    if (entry.isFile()) files.set(inside, await readFile(path))
    else if (!entry.isDirectory())
      throw new Error(`${path} is neither a file nor a folder: a chart has no links`)
  }
  const [metadata] = loadYamlObjects(
    Buffer.from(files.get('Chart.yaml') ?? '').toString('utf8'),
    'Chart.yaml',
  )
  const name = metadata?.['name']
  // It becomes a folder in the archive.
  if (typeof name !== 'string' || !/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(name))
    throw new PackageError('chart-invalid', `Chart.yaml in ${folder} names no chart`, { entry: 'Chart.yaml' })
  const layer = await packTgz(new Map([...files].map(([path, bytes]) => [`${name}/${path}`, bytes])))
  return { ...(await chartOf(layer, folder)), folder }
}

/**
 * A packed chart; its bytes stay as they are.
 * @returns undefined when the file is no chart
 * @throws PackageError when it is a damaged one
 */
export async function chartFromFile(file: string): Promise<Chart | undefined> {
  if ((await stat(file)).size > DEFAULT_LIMITS.chartLayerBytes) return undefined
  const layer = await readFile(file)
  if (layer[0] !== 0x1f || layer[1] !== 0x8b) return undefined
  return (await openChartLayer(layer, DEFAULT_LIMITS)) === undefined ? undefined : chartOf(layer, file)
}

/**
 * The chart in an artifact that something else holds.
 * @returns undefined when the artifact is no chart
 * @throws PackageError when it is a damaged one; what the source throws
 */
export async function chartFromImage(source: ImageSource, digest: string): Promise<Chart | undefined> {
  const manifest = parseManifest(await jsonOf(source.readManifest(digest)))
  const [layer] = manifest?.layers ?? []
  if (manifest?.config?.mediaType !== CHART_CONFIG || layer === undefined) return undefined
  const bytes = await readBytes(
    { path: layer.digest, content: source.readBlob(layer.digest) },
    DEFAULT_LIMITS.chartLayerBytes,
  )
  return chartOf(bytes, layer.digest)
}

async function jsonOf(content: AsyncIterable<Uint8Array>): Promise<unknown> {
  const bytes = await readBytes({ path: 'The manifest', content }, DEFAULT_LIMITS.manifestBytes)
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}

/** Stores a chart under its name in a registry. */
export async function addChart(folder: WorkFolder, name: ArtifactReference, chart: Chart): Promise<void> {
  const { config, manifest } = chartManifest(chart.metadata, chart.layer)
  const blobs = [await folder.addBlob([config]), await folder.addBlob([chart.layer])]
  const { digest } = await folder.addBlob([manifest])
  await folder.tag(name, digest, { blobs: blobs.map((blob) => blob.digest), manifests: [digest] })
}

async function chartOf(layer: Buffer, where: string): Promise<Chart> {
  const files = (await openChartLayer(layer, DEFAULT_LIMITS)) ?? {}
  const [metadata = {}] = loadYamlObjects(files['Chart.yaml'] ?? '', 'Chart.yaml')
  const { name, version } = metadata
  if (typeof name !== 'string' || typeof version !== 'string')
    throw new PackageError('chart-invalid', `Chart.yaml in ${where} lacks name or version`, {
      entry: 'Chart.yaml',
    })
  return { name, version, metadata, layer, files, folder: null }
}
