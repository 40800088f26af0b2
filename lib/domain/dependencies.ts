import type { Dependency, PluginSpec } from '#lib/kinds/plugin-spec.ts'
import type { Reason } from './reason.ts'
import { matchesRange, parseRange } from './version-range.ts'
import { installationOf } from './world.ts'
import type { Installation, World } from './world.ts'

/** Whether a version satisfies a dependency: any of its ranges, and any version where it names none. */
export function acceptsVersion(dependency: Dependency, version: string): boolean {
  const ranges = dependency.versionsMatch ?? []
  return (
    ranges.length === 0 ||
    ranges.some((text) => {
      const range = parseRange(text)
      return range !== undefined && matchesRange(range, version)
    })
  )
}

/** The ranges of a dependency as people read them. */
export function rangesText(dependency: Dependency): string {
  return (dependency.versionsMatch ?? []).join(' || ')
}

function unreadableRanges(dependency: Dependency): Reason[] {
  return (dependency.versionsMatch ?? [])
    .filter((text) => parseRange(text) === undefined)
    .map((range) => ({ code: 'range-invalid', params: { plugin: dependency.moduleName, range } }))
}

function dependencyReason(
  dependency: Dependency,
  installation: Installation | undefined,
): Reason | undefined {
  const plugin = dependency.moduleName
  const ranges = rangesText(dependency)
  if (installation === undefined) return { code: 'dependency-missing', params: { plugin, ranges } }
  const installed = installation.moduleInfo.status?.version ?? ''
  if (installed !== '' && !acceptsVersion(dependency, installed))
    return { code: 'dependency-version', params: { plugin, ranges, installed } }
  if (installation.derived.status !== 'Running')
    return { code: 'dependency-not-running', params: { plugin, ranges, installed } }
  return undefined
}

/** Why dependencies on plugins of the same cluster aren't met: each must be Running, in a version that matches. */
export function dependencyReasons(
  world: World,
  dependencies: readonly Dependency[] | undefined,
  plugin: string,
  cluster: string,
): Reason[] {
  return (dependencies ?? [])
    .filter(({ moduleName }) => moduleName !== plugin)
    .flatMap((dependency) => {
      const reason = dependencyReason(dependency, installationOf(world, dependency.moduleName, cluster))
      return reason === undefined ? [] : [reason, ...unreadableRanges(dependency)]
    })
}

/** Why `pluginDependencies.crossCluster.oneOf` isn't met: at least one of the named plugins must be installed. */
export function crossClusterReasons(world: World, spec: PluginSpec, cluster: string): Reason[] {
  const choices = spec.pluginDependencies?.crossCluster?.oneOf ?? []
  if (choices.length === 0) return []
  const isMet = choices.some(({ clusterName, pluginName }) => {
    const installation = installationOf(world, pluginName, clusterName === '' ? cluster : clusterName)
    return (installation?.moduleInfo.status?.version ?? '') !== ''
  })
  if (isMet) return []
  const plugins = choices.map(({ clusterName, pluginName }) => `${pluginName} (${clusterName})`).join(', ')
  return [{ code: 'cross-cluster-dependency-missing', params: { plugins } }]
}
