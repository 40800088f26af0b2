import { buildWorld } from '#lib/domain/build-world.ts'
import type { World } from '#lib/domain/world.ts'
import type { ClusterRegistry } from '#lib/kube/cluster-registry.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import type { CacheEvent, ObjectCache } from '#lib/kube/object-cache.ts'
import { untilSettled } from '#lib/kube/until-settled.ts'
import { createObjectCache } from '#lib/kube/watch-cache.ts'
import { ARTIFACT_VERSION } from '#lib/kinds/artifact.ts'
import { MODULE_CONFIG } from '#lib/kinds/module-config.ts'
import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import { MODULE_PLUGIN } from '#lib/kinds/module-plugin.ts'
import type { KubeObject } from '#lib/kinds/object.ts'
import { BlockingWatches } from './blocking-watches.ts'
import { openHistory } from './history/open-history.ts'
import { InfoIndex } from './info-index.ts'
import type { ClusterView, Scene } from './scene.ts'
import { Targets } from './targets.ts'
import type { TargetsOptions } from './targets.ts'

export interface SceneOptions extends Pick<TargetsOptions, 'onReleases' | 'onState'> {
  readonly registry: ClusterRegistry
  /** Told after the index knows. */
  readonly onInfos: (events: readonly CacheEvent<ModuleInfo>[]) => void
  /** Told the place of a removal when something that held it back is gone. */
  readonly onUnblocked: (place: string) => void
  readonly repoURL: string
  /** How many specs of each installation are kept. */
  readonly historyLimit: number
  readonly log: (line: string) => void
  /** For tests: stands between the controllers and the API. */
  readonly wrapClient: (client: KubeClient) => KubeClient
}

export interface OpenScene extends Scene {
  /** Resolves once all that decisions rest on was read; what may not be read yet, or isn't there yet, is waited for. */
  ready(signal: AbortSignal): Promise<void>
  stop(): void
}

function viewsOf(registry: ClusterRegistry): ReadonlyMap<string, ClusterView> {
  return new Map(
    registry.clusters().map((object) => {
      const { name, labels = {} } = object.metadata
      return [name, { name, labels, type: object.spec?.type ?? '', object }]
    }),
  )
}

/** Waits until a kind was really read: while it is forbidden or absent, an empty cache tells nothing. */
async function untilRead(
  cache: ObjectCache<KubeObject>,
  plural: string,
  log: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  await cache.ready(signal)
  if (cache.freshness.knownAt !== null) return
  log(`waiting for ${plural}: ${cache.freshness.message ?? cache.freshness.state}`)
  const read = Promise.withResolvers<undefined>()
  const unsubscribe = cache.onFreshness(({ knownAt }) => knownAt !== null && read.resolve(undefined))
  try {
    await untilSettled(read.promise, [signal])
  } finally {
    unsubscribe()
  }
}

/** Starts the caches that the controllers look at, over the clusters of a registry. */
export function openScene(options: SceneOptions): OpenScene {
  const { registry, repoURL, log, wrapClient } = options
  const source = registry.globalClient
  const modulePlugins = createObjectCache(source, MODULE_PLUGIN)
  const moduleConfigs = createObjectCache(source, MODULE_CONFIG)
  const moduleInfos = createObjectCache(source, MODULE_INFO)
  const artifactVersions = createObjectCache(source, ARTIFACT_VERSION)
  const caches = [modulePlugins, moduleConfigs, moduleInfos, artifactVersions]
  const targets = new Targets(options)
  const blockers = new BlockingWatches(options.onUnblocked)
  const infos = new InfoIndex()
  const global = wrapClient(source)
  const history = openHistory({
    source,
    client: global,
    limit: options.historyLimit,
    now: () => new Date(),
    log,
  })
  moduleInfos.onChange((events) => {
    infos.apply(events)
    options.onInfos(events)
  })
  let world: { key: string; value: World } | undefined
  let views: { revision: number; value: ReadonlyMap<string, ClusterView> } | undefined

  const clusters = (): ReadonlyMap<string, ClusterView> => {
    const { revision } = registry
    if (views?.revision !== revision) views = { revision, value: viewsOf(registry) }
    return views.value
  }
  return {
    global,
    history,
    modulePlugins,
    moduleConfigs,
    infos,
    artifactVersions,
    clusters,
    areClustersKnown: () => ['live', 'stale'].includes(registry.freshness.state),
    areLabelsKnown: (cluster) => registry.areLabelsKnown(cluster),
    target: (cluster) => targets.get(cluster),
    world() {
      const key = [modulePlugins, moduleConfigs, registry].map(({ revision }) => revision).join('/')
      if (world?.key === key) return world.value
      const { plugins, clusters: known } = buildWorld(
        {
          modulePlugins: modulePlugins.list(),
          moduleConfigs: moduleConfigs.list(),
          moduleInfos: [],
          clusters: [...clusters().values()],
        },
        world?.value,
      )
      const value = { plugins, clusters: known, installations: infos.installations }
      world = { key, value }
      return value
    },
    watchBlockers: ({ cluster, plugin }, client, kinds) =>
      blockers.follow(`${cluster}/${plugin}`, client, kinds),
    repoURL,
    now: () => new Date(),
    async ready(signal) {
      await Promise.all([
        registry.ready(signal),
        untilRead(modulePlugins, MODULE_PLUGIN.plural, log, signal),
        untilRead(moduleConfigs, MODULE_CONFIG.plural, log, signal),
        untilRead(moduleInfos, MODULE_INFO.plural, log, signal),
        // Upload records are not everywhere, and history is kept where it may be.
        artifactVersions.ready(signal),
        history.ready(signal),
      ])
    },
    stop() {
      targets.stop()
      blockers.stop()
      history.stop()
      for (const cache of caches) cache.stop()
    },
  }
}
