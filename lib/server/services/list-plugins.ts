import { behindOf } from '#lib/contract/freshness.ts'
import type { PluginPage } from '#lib/contract/plugin.ts'
import type { PluginQuery } from '#lib/contract/requests.ts'
import type { ServiceContext } from './context.ts'
import { modelOf, requireCluster } from './model.ts'
import { filterPlugins } from './views/filter-plugins.ts'
import { markSilent } from './views/cluster-way.ts'
import { summariesOn } from './views/plugin-summary.ts'

/**
 * A page of all plugins, on one cluster or counted over all.
 * @throws NotFoundError for an unknown cluster; UnavailableError while nothing is known yet
 */
export async function listPlugins(ctx: ServiceContext, query: PluginQuery): Promise<PluginPage> {
  const model = modelOf(ctx)
  if (query.cluster !== undefined) requireCluster(model, query.cluster)
  const page = filterPlugins(summariesOn(model, query.cluster ?? null), query)
  const items = page.items.map((item) =>
    item.onCluster === null ? item : { ...item, onCluster: markSilent(ctx.platform, item.onCluster) },
  )
  return { ...page, items, behind: behindOf(ctx.platform.freshness(), 'plugins') }
}
