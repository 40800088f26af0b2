import type { PluginSummary } from '#lib/contract/plugin.ts'
import { cleanLocalText, displayNameOf } from '#lib/domain/local-text.ts'
import type { PluginStatus } from '#lib/domain/plugin-status.ts'
import type { Reason } from '#lib/domain/reason.ts'
import type { PluginFacts } from '#lib/domain/world.ts'
import { ANNOTATION, LABEL } from '#lib/kinds/labels.ts'
import type { ModuleConfig } from '#lib/kinds/module-config.ts'
import type { ModulePlugin } from '#lib/kinds/module-plugin.ts'
import type { PlatformSnapshot } from '../platform-snapshot.ts'
import { pluginLogoPath } from './plugin-logo.ts'

type Summaries = ReadonlyMap<string, PluginSummary>

const known = new WeakMap<
  PlatformSnapshot,
  { all: Summaries; byCluster: Map<string, readonly PluginSummary[]> }
>()

/** The object that speaks for a plugin: itself, else its newest version. */
export function spokesman(plugin: PluginFacts): ModulePlugin | ModuleConfig | undefined {
  return plugin.modulePlugin ?? plugin.versions[0]?.moduleConfig
}

interface Counts {
  statuses: Partial<Record<PluginStatus, number>>
  upgradable: number
}

function countByPlugin(model: PlatformSnapshot): Map<string, Counts> {
  const counts = new Map<string, Counts>()
  for (const name of model.world.plugins.keys()) counts.set(name, { statuses: {}, upgradable: 0 })
  for (const cluster of model.world.clusters.keys())
    for (const [name, row] of model.rowsOn(cluster)) {
      const count = counts.get(name)
      if (count === undefined) continue
      count.statuses[row.status] = (count.statuses[row.status] ?? 0) + 1
      if (row.upgrade !== null) count.upgradable += 1
    }
  return counts
}

function problemsOf(model: PlatformSnapshot, plugin: PluginFacts): Reason[] {
  const unknown: Reason[] =
    plugin.modulePlugin === undefined ? [{ code: 'plugin-unknown', params: { plugin: plugin.name } }] : []
  return [...unknown, ...(model.problems.get(plugin.name) ?? [])]
}

function summarize(model: PlatformSnapshot, plugin: PluginFacts, counts: Counts | undefined): PluginSummary {
  const object = spokesman(plugin)
  return {
    name: plugin.name,
    displayName: displayNameOf(object, plugin.name),
    description: cleanLocalText(object?.spec.description),
    logo: pluginLogoPath(plugin),
    lifecycle: plugin.lifecycle,
    catalog: object?.metadata.labels?.[LABEL.moduleCatalog] ?? null,
    builtIn: object?.metadata.annotations?.[ANNOTATION.builtIn] === 'true',
    latestVersion: plugin.versions[0]?.version ?? null,
    versions: plugin.versions.map(({ version }) => version),
    onCluster: null,
    statusCounts: counts?.statuses ?? {},
    upgradableCount: counts?.upgradable ?? 0,
    problems: problemsOf(model, plugin),
  }
}

function memoOf(model: PlatformSnapshot): {
  all: Summaries
  byCluster: Map<string, readonly PluginSummary[]>
} {
  const remembered = known.get(model)
  if (remembered !== undefined) return remembered
  const counts = countByPlugin(model)
  const all = new Map<string, PluginSummary>()
  for (const plugin of model.world.plugins.values())
    all.set(plugin.name, summarize(model, plugin, counts.get(plugin.name)))
  const memo = { all, byCluster: new Map<string, readonly PluginSummary[]>() }
  known.set(model, memo)
  return memo
}

/** One plugin as tables show it, over all clusters. */
export function summaryOf(model: PlatformSnapshot, plugin: string): PluginSummary | undefined {
  return memoOf(model).all.get(plugin)
}

/** All plugins as tables show them, on a cluster or over all; computed once per model, in no particular order. */
export function summariesOn(model: PlatformSnapshot, cluster: string | null): readonly PluginSummary[] {
  const memo = memoOf(model)
  const key = cluster ?? ''
  const remembered = memo.byCluster.get(key)
  if (remembered !== undefined) return remembered
  const rows = cluster === null ? undefined : model.rowsOn(cluster)
  const summaries = [...memo.all.values()].map((summary) =>
    rows === undefined ? summary : { ...summary, onCluster: rows.get(summary.name) ?? null },
  )
  memo.byCluster.set(key, summaries)
  return summaries
}
