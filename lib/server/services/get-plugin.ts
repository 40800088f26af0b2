import { behindOf } from '#lib/contract/freshness.ts'
import type { PluginDetail } from '#lib/contract/plugin.ts'
import { pluginsThatNeed } from '#lib/domain/dependents.ts'
import { cleanLocalText } from '#lib/domain/local-text.ts'
import { compareClusterNames } from '#lib/kinds/cluster.ts'
import type { ServiceContext } from './context.ts'
import { modelOf, requirePlugin } from './model.ts'
import { NotFoundError } from './service-error.ts'
import { installationView } from './views/installation-view.ts'
import { markSilent } from './views/cluster-way.ts'
import { spokesman, summaryOf } from './views/plugin-summary.ts'
import { pluginVersionView } from './views/plugin-version-view.ts'

/**
 * A plugin in full: its versions, its state on every cluster, its installations.
 * @throws NotFoundError, UnavailableError
 */
export async function getPlugin(ctx: ServiceContext, input: { plugin: string }): Promise<PluginDetail> {
  const model = modelOf(ctx)
  requirePlugin(model, input.plugin)
  const plugin = model.world.plugins.get(input.plugin)
  const summary = summaryOf(model, input.plugin)
  if (plugin === undefined || summary === undefined) throw new NotFoundError('There is no such plugin')
  const newest = plugin.versions[0]?.moduleConfig.spec
  const spec = newest ?? spokesman(plugin)?.spec
  return {
    ...summary,
    behind: behindOf(ctx.platform.freshness(), 'plugins'),
    versionDetails: plugin.versions.map((published) => pluginVersionView(model, plugin, published)),
    clusters: [...model.world.clusters.keys()]
      .sort(compareClusterNames)
      .flatMap((cluster) => model.rowsOn(cluster).get(plugin.name) ?? [])
      .map((row) => markSilent(ctx.platform, row)),
    installations: model
      .moduleInfosOf(plugin.name)
      .map((info) => markSilent(ctx.platform, installationView(model, info)))
      // Those that name no cluster come last.
      .sort(
        (a, b) =>
          Number(a.cluster === '') - Number(b.cluster === '') || compareClusterNames(a.cluster, b.cluster),
      ),
    neededBy: pluginsThatNeed(model.world, plugin.name).filter((name) =>
      model.world.plugins
        .get(name)
        ?.versions[0]?.moduleConfig.spec.dependencies?.some(({ moduleName }) => moduleName === plugin.name),
    ),
    dependencies: spec?.dependencies ?? [],
    crossClusterDependencies: spec?.crossClusterDependencies ?? [],
    deleteable: spec?.deleteable !== false,
    deleteRisk: cleanLocalText({ en: spec?.deleteRiskDescriptionEn, zh: spec?.deleteRiskDescription }),
    deleteBlock: cleanLocalText({ en: spec?.deleteBlockDescriptionEn, zh: spec?.deleteBlockDescription }),
    resourcesBlockRemove: spec?.resourcesBlockRemove ?? [],
  }
}
