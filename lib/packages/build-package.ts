import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join, relative, sep } from 'node:path'
import { stringify } from 'yaml'
import { versionOf } from '#lib/domain/module-name.ts'
import type { JsonObject } from '#lib/kinds/object.ts'
import { chartArtifact } from './chart-artifact.ts'
import { invalid, isObject } from './check-object.ts'
import { loadYamlObjects } from './load-yaml.ts'
import { packTgz } from './pack-tgz.ts'
import { PackageError } from './package-error.ts'
import { selectObjects } from './select-objects.ts'

/**
 * Builds a package from its source folder; the same sources give the same bytes.
 *
 *     module-plugin.yaml   the ModulePlugin, and further objects for the global cluster as more documents;
 *                          `spec.logo` may be the relative path of an SVG or PNG file
 *     chart/               the main chart (optional): an artifact under `spec.mainChart`, tagged with its version
 *     hooks/*.sh           copied to res/hooks (optional)
 *
 * @throws PackageError when the sources don't make a package; the file system's own errors
 */
export async function buildPackage(sourceDir: string): Promise<Buffer> {
  const documents = await loadPluginSource(join(sourceDir, 'module-plugin.yaml'))
  const files = new Map<string, Uint8Array | string>()
  const artifacts: string[] = []
  const chartFiles = await readTree(join(sourceDir, 'chart'))
  if (chartFiles.size > 0) {
    const { spec } = selectObjects(documents).modulePlugin
    const tag = spec.appReleases
      ?.flatMap((release) => release.chartVersions)
      .find(({ name }) => name === spec.mainChart)?.version
    const repository = spec.mainChart
    if (repository === undefined || tag === undefined || versionOf(spec) === undefined)
      throw invalid('module-plugin.yaml', 'spec.mainChart', 'must be one of the charts in spec.appReleases')
    const packed = await chartArtifact(repository, tag, chartMetadata(chartFiles), chartFiles)
    for (const [path, bytes] of packed) files.set(path, bytes)
    artifacts.push(`${repository}:${tag}`)
  }
  for (const [path, bytes] of await readTree(join(sourceDir, 'hooks'))) files.set(`res/hooks/${path}`, bytes)
  files.set('res/artifacts.txt', artifacts.map((artifact) => `${artifact}\n`).join(''))
  files.set(
    'res/resources.yaml',
    documents.map((document) => stringify(document, { lineWidth: 0 })).join('---\n'),
  )
  return packTgz(files)
}

/**
 * The objects of a source file, logos embedded.
 * @throws PackageError when it is no usable YAML; the file system's own errors
 */
export async function loadPluginSource(file: string): Promise<JsonObject[]> {
  const documents = loadYamlObjects(await readFile(file, 'utf8'), basename(file))
  for (const { spec } of documents) if (isObject(spec)) await embedLogo(spec, dirname(file))
  return documents
}

function chartMetadata(files: ReadonlyMap<string, Uint8Array>): JsonObject & { name: string } {
  const [metadata] = loadYamlObjects(
    Buffer.from(files.get('Chart.yaml') ?? '').toString('utf8'),
    'Chart.yaml',
  )
  const name = metadata?.['name']
  if (typeof name !== 'string')
    throw new PackageError('chart-invalid', 'chart/Chart.yaml is missing or names no chart', {
      entry: 'Chart.yaml',
    })
  return { ...metadata, name }
}

async function embedLogo(spec: Record<string, unknown>, folder: string): Promise<void> {
  const { logo } = spec
  if (typeof logo !== 'string') return
  const type = /^[^:]+\.(svg|png)$/.exec(logo)?.[1]
  if (type === undefined) return
  const bytes = await readFile(join(folder, logo))
  spec['logo'] = `data:image/${type === 'svg' ? 'svg+xml' : type};base64,${bytes.toString('base64')}`
}

/** All files below `folder` by their path in it, with `/` between segments; none when there is no such folder. */
async function readTree(folder: string): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>()
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  })
  for (const entry of entries)
    if (entry.isFile()) {
      const path = join(entry.parentPath, entry.name)
      files.set(relative(folder, path).split(sep).join('/'), await readFile(path))
    }
  return files
}
