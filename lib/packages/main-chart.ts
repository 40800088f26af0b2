import type { PackageWarning } from '#lib/domain/package-warning.ts'
import { packageWarning } from './package-warning.ts'
import { versionOf } from '#lib/domain/module-name.ts'
import type { PluginSpec } from '#lib/kinds/plugin-spec.ts'
import type { ChartFiles } from './chart-layer.ts'
import { loadYamlObjects } from './load-yaml.ts'
import type { MainChart } from './package-contents.ts'
import { PackageError } from './package-error.ts'
import type { StoredArtifacts } from './stored-artifacts.ts'

const PLUGIN_CONFIG = 'scripts/plugin-config.yaml'

/**
 * Opens the chart that carries the plugin's configuration: `spec.mainChart` in the version that `appReleases` give.
 * @returns null when the plugin names none, or the package does not hold it (said in `warnings`)
 * @throws PackageError `artifact-incomplete`, `chart-invalid`, or why its files could not be read
 */
export function findMainChart(
  spec: PluginSpec,
  stored: StoredArtifacts,
  warnings: PackageWarning[],
): MainChart | null {
  const charts = (spec.appReleases ?? []).flatMap((release) => release.chartVersions)
  const repository = spec.mainChart ?? (charts.length === 1 ? charts[0]?.name : undefined)
  if (repository === undefined || repository === '') return null
  const tag = charts.find(({ name }) => name === repository)?.version ?? versionOf(spec)
  if (tag === undefined) return null
  const chart = stored.chartOf(repository, tag)
  if (chart === null) {
    warnings.push(packageWarning('no-main-chart', { artifact: `${repository}:${tag}` }))
    return null
  }
  const { name, version } = chartMetadata(chart.files, `${repository}:${tag}`)
  const pluginConfig = readPluginConfig(chart.files, spec.cfgFilename)
  if (pluginConfig === null)
    warnings.push(
      packageWarning('no-plugin-config', { artifact: `${repository}:${tag}`, path: PLUGIN_CONFIG }),
    )
  return { repository, tag, digest: chart.digest, name, version, pluginConfig, files: chart.files }
}

function readPluginConfig(files: ChartFiles, cfgFilename: string | undefined): MainChart['pluginConfig'] {
  const named = cfgFilename === undefined ? [] : [cfgFilename, `scripts/${cfgFilename}`]
  const path = [...named, PLUGIN_CONFIG].find((candidate) => Object.hasOwn(files, candidate))
  if (path === undefined) return null
  const documents = loadYamlObjects(files[path] ?? '', path)
  if (documents.length > 1)
    throw new PackageError('chart-invalid', `${path} of the main chart holds more than one document`, {
      entry: path,
    })
  return documents[0] ?? {}
}

function chartMetadata(files: ChartFiles, chart: string): { name: string; version: string } {
  const [metadata] = loadYamlObjects(files['Chart.yaml'] ?? '', 'Chart.yaml')
  const { name, version } = metadata ?? {}
  if (typeof name !== 'string' || typeof version !== 'string')
    throw new PackageError('chart-invalid', `Chart.yaml of ${chart} lacks name or version`, {
      entry: 'Chart.yaml',
    })
  return { name, version }
}
