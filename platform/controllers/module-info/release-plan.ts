import { chartValues, isWanted, templateData } from '#lib/domain/chart-values.ts'
import type { ValuesInput } from '#lib/domain/chart-values.ts'
import { specHash } from '#lib/domain/spec-hash.ts'
import { APP_RELEASE } from '#lib/kinds/app-release.ts'
import type { AppRelease } from '#lib/kinds/app-release.ts'
import { LABEL, PLATFORM_NAMESPACE } from '#lib/kinds/labels.ts'
import { apiVersionOf } from '#lib/kinds/object.ts'
import type { AppReleaseSpec } from '#lib/kinds/plugin-spec.ts'

/** On an AppRelease: the hash of the spec that the controller gave it. */
export const RELEASE_HASH = 'marketplace.console/release-hash'

/** A release as it should stand on the target cluster. */
export interface PlannedRelease {
  readonly source: AppReleaseSpec
  readonly object: AppRelease & { spec: NonNullable<AppRelease['spec']> }
}

/**
 * The AppReleases of an installation, one for each entry of `appReleases` whose condition holds.
 * @param repoURL the registry that the charts come from; `''` where none is configured
 * @throws ChartValuesError when a template of the plugin is wrong
 */
export function planReleases(input: ValuesInput, plugin: string, repoURL: string): PlannedRelease[] {
  const data = templateData(input)
  const wanted = (input.plugin.appReleases ?? []).filter((release) => isWanted(release, data))
  if (wanted.length === 0) return []
  const values = chartValues(input)
  const { clusterName } = input.place
  return wanted.map((source) => {
    const charts = source.chartVersions ?? []
    const own = charts.flatMap(({ name }) => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined
      return value === undefined ? [] : [[name, value] as const]
    })
    const spec: PlannedRelease['object']['spec'] = {
      destination: { cluster: clusterName, namespace: source.namespace ?? PLATFORM_NAMESPACE },
      source: {
        ...(repoURL === '' ? {} : { repoURL }),
        charts: charts.map(({ name, releaseName, version }) => ({
          name,
          releaseName,
          targetRevision: version,
        })),
      },
      values: Object.fromEntries(own),
      ...(input.plugin.transitTimeout === undefined ? {} : { timeout: input.plugin.transitTimeout }),
    }
    return {
      source,
      object: {
        apiVersion: apiVersionOf(APP_RELEASE),
        kind: APP_RELEASE.kind,
        metadata: {
          name: source.name,
          namespace: PLATFORM_NAMESPACE,
          labels: { [LABEL.moduleName]: plugin, [LABEL.clusterName]: clusterName },
          annotations: { [RELEASE_HASH]: specHash(spec) },
        },
        spec,
      },
    }
  })
}
