import type { LiveTopic } from '#lib/contract/live.ts'
import { canonicalJson } from '#lib/domain/spec-hash.ts'
import { ARTIFACT, ARTIFACT_VERSION } from '#lib/kinds/artifact.ts'
import { PLATFORM_NAMESPACE } from '#lib/kinds/labels.ts'
import { MODULE_CONFIG } from '#lib/kinds/module-config.ts'
import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import { MODULE_PLUGIN } from '#lib/kinds/module-plugin.ts'
import type { ClusterRegistry } from '#lib/kube/cluster-registry.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import type { ObjectCache } from '#lib/kube/object-cache.ts'
import { createObjectCache } from '#lib/kube/watch-cache.ts'
import type { KubeObject } from '#lib/kinds/object.ts'

/** Starts live copies of the kinds that the console joins, all on the global cluster. */
export function startPlatformCaches(client: KubeClient) {
  const namespace = PLATFORM_NAMESPACE
  return {
    modulePlugins: createObjectCache(client, MODULE_PLUGIN),
    moduleConfigs: createObjectCache(client, MODULE_CONFIG),
    moduleInfos: createObjectCache(client, MODULE_INFO),
    artifacts: createObjectCache(client, ARTIFACT, { namespace }),
    artifactVersions: createObjectCache(client, ARTIFACT_VERSION, { namespace }),
  }
}

export type StartedCaches = ReturnType<typeof startPlatformCaches>

/** Which answers may differ after a change of each kind. */
const TOPICS: Record<keyof StartedCaches, readonly LiveTopic[]> = {
  modulePlugins: ['plugins', 'clusters', 'packages'],
  moduleConfigs: ['plugins', 'clusters', 'packages'],
  moduleInfos: ['plugins', 'clusters', 'packages'],
  artifacts: ['packages'],
  artifactVersions: ['packages'],
}

/** Calls back with the topics of every change, and whenever a source is known better or worse than before. */
export function followCaches(
  caches: StartedCaches,
  on: { changed(topics: readonly LiveTopic[]): void; freshness(): void },
): void {
  for (const key of Object.keys(TOPICS) as (keyof StartedCaches)[]) {
    const cache: ObjectCache<KubeObject> = caches[key]
    // It may have been found absent before anybody listened.
    let wasAbsent = cache.freshness.state === 'absent'
    cache.onChange(() => on.changed(TOPICS[key]))
    cache.onFreshness(({ state }) => {
      on.freshness()
      // What is not there and what is empty come without a change of any object.
      if (wasAbsent !== (state === 'absent')) on.changed(['session', ...TOPICS[key]])
      wasAbsent = state === 'absent'
    })
  }
}

/**
 * Calls back with the topics of every change of the clusters. What plugins are there depends on their names and labels
 * alone: heartbeats, of which there are many, are no news to the plugin pages.
 */
export function followClusters(
  registry: Pick<ClusterRegistry, 'clusters' | 'kind' | 'onChange'>,
  changed: (topics: readonly LiveTopic[]) => void,
): void {
  const facts = (): string =>
    canonicalJson([
      registry.kind,
      Object.fromEntries(registry.clusters().map(({ metadata: { name, labels = {} } }) => [name, labels])),
    ])
  let known = facts()
  registry.onChange(() => {
    const now = facts()
    changed(now === known ? ['clusters'] : ['clusters', 'plugins', 'session'])
    known = now
  })
}
