import { LABEL } from '#lib/kinds/labels.ts'
import type { KubeObject } from '#lib/kinds/object.ts'
import type { PluginSpec } from '#lib/kinds/plugin-spec.ts'

const LONGEST_LABEL = 63

/** A version as names and label values carry it: lower case, `+` written as `-`. `spec.version` keeps the original. */
export function versionInNames(version: string): string {
  return version.toLowerCase().replaceAll('+', '-')
}

/** Name of the ModuleConfig of one version, such as `web-cli-v4.0.4`. */
export function moduleConfigName(plugin: string, version: string): string {
  return `${plugin}-${versionInNames(version)}`
}

/** The value of the label `cpaas.io/module-version`: at most 63 characters, with a letter or digit at both ends. */
export function versionLabel(version: string): string {
  return versionInNames(version)
    .replaceAll(/[^a-z0-9._-]/g, '-')
    .slice(0, LONGEST_LABEL)
    .replace(/^[^a-z0-9]+/, '')
    .replace(/[^a-z0-9]+$/, '')
}

/** The plugin that a ModulePlugin or ModuleConfig belongs to: by label, else `spec.name`, else its own name. */
export function pluginOf(object: KubeObject & { spec?: Partial<PluginSpec> }): string {
  const label = object.metadata.labels?.[LABEL.moduleName]
  if (typeof label === 'string' && label !== '') return label
  const name = object.spec?.name
  return typeof name === 'string' && name !== '' ? name : object.metadata.name
}

/** The plugin that an installation is of, and its cluster, by its labels; `''` where a label is missing. */
export function placeOf(moduleInfo: KubeObject): { plugin: string; cluster: string } {
  const labels = moduleInfo.metadata.labels
  return { plugin: labels?.[LABEL.moduleName] ?? '', cluster: labels?.[LABEL.clusterName] ?? '' }
}

/** The version that a spec describes: its own, else the main chart's; undefined when it tells none. */
export function versionOf(spec: Partial<PluginSpec> | undefined): string | undefined {
  if (typeof spec?.version === 'string' && spec.version !== '') return spec.version
  const charts = (spec?.appReleases ?? []).flatMap((release) => release.chartVersions ?? [])
  const main = spec?.mainChart
  // Without a main chart, a single chart is it.
  const chart =
    main === undefined || main === ''
      ? charts.length === 1
        ? charts[0]
        : undefined
      : charts.find(({ name }) => name === main)
  return chart?.version === '' ? undefined : chart?.version
}
