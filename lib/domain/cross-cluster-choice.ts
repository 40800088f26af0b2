import { crossClusterLabel } from '#lib/kinds/labels.ts'
import type { JsonObject } from '#lib/kinds/object.ts'

const PLUGIN_NAME = /^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/
const LABEL_VALUE = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/

/** The clusters that a configuration chooses to serve other plugins (`config.crossClusterDependency`), by plugin. */
export function crossClusterChoices(config: JsonObject | undefined): Map<string, string> {
  const choices = new Map<string, string>()
  const chosen = config?.['crossClusterDependency']
  if (typeof chosen !== 'object' || chosen === null || Array.isArray(chosen)) return choices
  for (const [plugin, cluster] of Object.entries(chosen))
    if (typeof cluster === 'string' && LABEL_VALUE.test(cluster) && PLUGIN_NAME.test(plugin))
      choices.set(plugin, cluster)
  return choices
}

/** The labels that go with these choices. */
export function crossClusterLabels(config: JsonObject | undefined): Record<string, string> {
  const labels = [...crossClusterChoices(config)].map(([plugin, cluster]) => [
    crossClusterLabel(plugin),
    cluster,
  ])
  return Object.fromEntries(labels) as Record<string, string>
}

/** Whether a label key is one of those (`<plugin>.plugins.cpaas.io/cluster`); the plugin's name, if so. */
export function crossClusterPlugin(labelKey: string): string | undefined {
  const suffix = crossClusterLabel('')
  return labelKey.endsWith(suffix) && labelKey.length > suffix.length
    ? labelKey.slice(0, -suffix.length)
    : undefined
}
