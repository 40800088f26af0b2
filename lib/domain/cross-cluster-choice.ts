import { crossClusterLabel } from '#lib/kinds/labels.ts'
import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { isLabelValue } from './form/labels.ts'
import type { Reason } from './reason.ts'
import { installationOf } from './world.ts'
import type { World } from './world.ts'

const PLUGIN_NAME = /^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/

function dependencyOf(config: JsonObject | undefined): [string, Json][] {
  const chosen = config?.['crossClusterDependency']
  if (typeof chosen !== 'object' || chosen === null || Array.isArray(chosen)) return []
  return Object.entries(chosen)
}

/** The clusters that a configuration chooses to serve other plugins (`config.crossClusterDependency`), by plugin. */
export function crossClusterChoices(config: JsonObject | undefined): Map<string, string> {
  const choices = new Map<string, string>()
  for (const [plugin, cluster] of dependencyOf(config))
    if (typeof cluster === 'string' && cluster !== '' && isLabelValue(cluster) && PLUGIN_NAME.test(plugin))
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

/**
 * Labels as they have to be beside a configuration: those of its choices are there, those of plugins for which it (or
 * one of those `before` it) names no cluster are not. All others stay.
 */
export function withCrossClusterLabels(
  labels: Readonly<Record<string, string>> | undefined,
  config: JsonObject | undefined,
  before?: JsonObject,
): Record<string, string> {
  const named = new Set([...dependencyOf(before), ...dependencyOf(config)].map(([plugin]) => plugin))
  const others = Object.entries(labels ?? {}).filter(([key]) => !named.has(crossClusterPlugin(key) ?? ''))
  return { ...Object.fromEntries(others), ...crossClusterLabels(config) }
}

/** A choice in a configuration that can't be: no such cluster, or one without the plugin. */
export interface ChoiceProblem {
  plugin: string
  reason: Reason
}

/** Why a cluster can't serve a plugin to installations elsewhere; undefined when it can. */
export function servingReason(world: World, plugin: string, cluster: string): Reason | undefined {
  if (!world.clusters.has(cluster))
    return { code: 'cluster-unknown', params: { cluster: cluster.slice(0, 100) } }
  const installation = installationOf(world, plugin, cluster)
  if (installation !== undefined && installation.derived.status !== 'Uninstalling') return undefined
  return { code: 'plugin-not-on-cluster', params: { plugin, cluster } }
}

/**
 * What is wrong with the clusters that a configuration chooses.
 * @param before the configuration so far: a choice that stands in it, too, is nobody's mistake now
 */
export function choiceProblems(world: World, config: JsonObject, before?: JsonObject): ChoiceProblem[] {
  const known = new Map(dependencyOf(before))
  return dependencyOf(config).flatMap(([plugin, cluster]) => {
    if (typeof cluster !== 'string' || cluster === '' || known.get(plugin) === cluster) return []
    const reason = servingReason(world, plugin, cluster)
    return reason === undefined ? [] : [{ plugin, reason }]
  })
}

/** Whether a label key is one of those (`<plugin>.plugins.cpaas.io/cluster`); the plugin's name, if so. */
export function crossClusterPlugin(labelKey: string): string | undefined {
  const suffix = crossClusterLabel('')
  return labelKey.endsWith(suffix) && labelKey.length > suffix.length
    ? labelKey.slice(0, -suffix.length)
    : undefined
}
