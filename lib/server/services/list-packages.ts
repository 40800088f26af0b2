import { behindOf } from '#lib/contract/freshness.ts'
import type { PackagePage, PackageQuery } from '#lib/contract/package.ts'
import { pick } from '#lib/domain/local-text.ts'
import type { ArtifactVersion } from '#lib/kinds/artifact.ts'
import { recordedPlugin } from '#lib/packages/recorded-version.ts'
import type { ServiceContext } from './context.ts'
import { modelOf } from './model.ts'
import { filterPackages } from './views/filter-packages.ts'
import { packageView } from './views/package-view.ts'

/**
 * A page of the plugins with their uploaded versions and where they came from; Absent ones too, for they are to be uploaded.
 * @throws UnavailableError
 */
export async function listPackages(ctx: ServiceContext, query: PackageQuery): Promise<PackagePage> {
  const model = modelOf(ctx)
  const records = new Map<string, ArtifactVersion[]>()
  for (const record of model.artifactVersions) {
    const plugin = recordedPlugin(record)
    records.set(plugin, [...(records.get(plugin) ?? []), record])
  }
  const items = [...model.world.plugins.values()].map((plugin) =>
    packageView(model, plugin, records.get(plugin.name) ?? []),
  )
  const { registry, maxPackageBytes } = ctx.platform.about
  return {
    ...filterPackages(
      items.sort((a, b) => (pick(a.displayName, 'en') < pick(b.displayName, 'en') ? -1 : 1)),
      query,
    ),
    behind: behindOf(ctx.platform.freshness(), 'packages'),
    registry: registry(),
    verification: ctx.platform.packages.policy,
    maxPackageBytes,
  }
}
