import type { PackageWarning } from '#lib/domain/package-warning.ts'
import { packageWarning } from './package-warning.ts'
import { createHash, type Hash } from 'node:crypto'
import { Readable } from 'node:stream'
import { walkArchive } from './archive-entries.ts'
import { parseArtifactList, type ArtifactReference } from './artifact-list.ts'
import type { BlobSink } from './blob-sink.ts'
import { checkLogo } from './check-logo.ts'
import { completeModuleConfig, completePlugin, deriveModuleConfig } from './complete-plugin.ts'
import { loadYamlObjects } from './load-yaml.ts'
import { findMainChart } from './main-chart.ts'
import type { PackageContents } from './package-contents.ts'
import { PackageError } from './package-error.ts'
import { DEFAULT_LIMITS, type PackageLimits } from './package-limits.ts'
import { listArtifacts } from './list-artifacts.ts'
import { readText } from './package-text.ts'
import { relatedImages } from './related-images.ts'
import { selectObjects } from './select-objects.ts'
import { StoredArtifacts } from './stored-artifacts.ts'

const RESOURCES = 'res/resources.yaml'
const ARTIFACTS = 'res/artifacts.txt'
const SCRIPT = /^(?:setup\.sh|res\/hooks\/.+\.sh)$/

export interface ReadPackageOptions {
  limits?: Partial<PackageLimits>
  signal?: AbortSignal
  /** Takes every blob, each once, for pushing later; without one they are only checked. */
  blobs?: BlobSink
}

/** What streaming through the archive leaves in memory. */
interface Gathered {
  resources: string | undefined
  artifacts: ArtifactReference[]
  scripts: string[]
  stored: StoredArtifacts
}

/**
 * Reads a plugin package (`.tgz`) as a stream, in memory that doesn't grow with its size. Nothing is executed, and
 * nothing is written but blobs, to the sink. A Node stream passed in is left open for its owner when reading ends early.
 * @throws PackageError whatever is wrong with the package; the signal's reason when it aborts
 */
export async function readPackage(
  source: AsyncIterable<Uint8Array> | Readable,
  options: ReadPackageOptions = {},
): Promise<PackageContents> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const timeout = AbortSignal.timeout(limits.milliseconds)
  const signal = options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal])
  const bytes = source instanceof Readable ? source.iterator({ destroyOnReturn: false }) : source
  const file = { hash: createHash('sha256'), size: 0 }
  const found: Gathered = {
    resources: undefined,
    artifacts: [],
    scripts: [],
    stored: new StoredArtifacts(limits, options.blobs),
  }
  try {
    const totals = await walkArchive(
      measured(bytes as AsyncIterable<Uint8Array>, file, limits.compressedBytes),
      limits,
      async (entry) => {
        if (entry.path === RESOURCES) found.resources = await readText(entry, limits.yamlBytes)
        else if (entry.path === ARTIFACTS)
          found.artifacts = parseArtifactList(
            await readText(entry, limits.artifactListBytes),
            limits.artifacts,
          )
        else if (SCRIPT.test(entry.path)) found.scripts.push(entry.path)
        else await found.stored.take(entry)
      },
      signal,
    )
    return {
      ...describe(found, limits),
      size: file.size,
      unpackedSize: totals.unpackedBytes,
      entries: totals.entries,
      sha256: file.hash.digest('hex'),
    }
  } catch (error) {
    if (timeout.aborted && error === timeout.reason)
      throw new PackageError(
        'timeout',
        `Reading the package took longer than ${limits.milliseconds / 1000} s`,
        {
          limit: limits.milliseconds,
        },
      )
    throw error
  }
}

async function* measured(
  source: AsyncIterable<Uint8Array>,
  file: { hash: Hash; size: number },
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    file.size += chunk.length
    if (file.size > maxBytes)
      throw new PackageError('too-large', `The package is larger than ${maxBytes} bytes`, { limit: maxBytes })
    file.hash.update(chunk)
    yield chunk
  }
}

type Described = Omit<PackageContents, 'size' | 'unpackedSize' | 'entries' | 'sha256'>

function describe({ resources, artifacts, scripts, stored }: Gathered, limits: PackageLimits): Described {
  if (resources === undefined)
    throw new PackageError(
      'resources-missing',
      `The package has no ${RESOURCES}: it is not a plugin package`,
      {
        entry: RESOURCES,
      },
    )
  const warnings: PackageWarning[] = []
  stored.resolve(artifacts)
  const selected = selectObjects(loadYamlObjects(resources, RESOURCES))
  const mainChart = findMainChart(selected.modulePlugin.spec, stored, warnings)
  const modulePlugin = completePlugin(selected.modulePlugin, mainChart?.pluginConfig ?? null, warnings)
  const { version } = modulePlugin.spec
  const brought = selected.moduleConfigs.map((config) => completeModuleConfig(config, modulePlugin))
  const own = brought.find(({ spec }) => spec.version === version) ?? deriveModuleConfig(modulePlugin)
  warnings.push(...checkLogo(modulePlugin.spec.logo, limits.logoBytes))
  for (const { spec } of brought) checkLogo(spec.logo, limits.logoBytes)
  if (new Set(brought.map(({ metadata }) => metadata.name)).size < brought.length)
    throw new PackageError('object-invalid', `${RESOURCES} holds a ModuleConfig twice`, { entry: RESOURCES })
  for (const { kind, name } of selected.others)
    warnings.push(packageWarning('not-applied', { object: `${kind.slice(0, 80)} ${name.slice(0, 80)}` }))
  if (scripts.length > 0) warnings.push(packageWarning('scripts', { paths: scripts.slice(0, 10).join(', ') }))
  const listed = listArtifacts(artifacts, stored, warnings)
  return {
    plugin: modulePlugin.metadata.name,
    version,
    resources: {
      modulePlugin,
      moduleConfigs: [own, ...brought.filter((config) => config !== own)],
      others: selected.others,
    },
    mainChart,
    images: relatedImages(mainChart?.files['values.yaml']),
    artifacts: listed,
    layout: stored.layout,
    blobs: stored.totals,
    scripts,
    warnings,
  }
}
