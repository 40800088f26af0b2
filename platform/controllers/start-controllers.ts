import { pluginOf } from '#lib/domain/module-name.ts'
import type { ClusterRegistry } from '#lib/kube/cluster-registry.ts'
import { ConflictError, KubeError } from '#lib/kube/kube-error.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import type { CacheEvent } from '#lib/kube/object-cache.ts'
import type { AppRelease } from '#lib/kinds/app-release.ts'
import { LABEL } from '#lib/kinds/labels.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import type { KubeObject } from '#lib/kinds/object.ts'
import { isAccepted, placeFor, placeKey } from './module-info/place.ts'
import { reconcilePlace } from './module-info/reconcile-place.ts'
import { reconcilePlugin } from './module-plugin/reconcile-plugin.ts'
import { openScene } from './open-scene.ts'
import type { OpenScene } from './open-scene.ts'
import { WorkQueue } from './work-queue.ts'
import type { Outcome } from './work-queue.ts'

export interface ControllersOptions {
  /** The clusters; stays the caller's to stop. */
  readonly registry: ClusterRegistry
  /** The registry that charts come from, as AppReleases name it; `''` where none is configured. */
  readonly repoURL?: string
  readonly log?: (line: string) => void
  /** For tests: stands between the controllers and the API. */
  readonly wrapClient?: (client: KubeClient) => KubeClient
  /** First pause after an error, in milliseconds. */
  readonly firstRetryMs?: number
}

export interface Controllers {
  /** Resolves once everything was read and work began. */
  ready(): Promise<void>
  /** Ends watches and waits for what is being written. */
  stop(): Promise<void>
}

/** Objects with `key` in common, remembered as long as the content stays the same. */
function indexBy<T extends KubeObject>(
  source: { list(): readonly T[]; readonly revision: number },
  key: (object: T) => string,
): () => ReadonlyMap<string, readonly T[]> {
  let known: { revision: number; value: Map<string, T[]> } | undefined
  return () => {
    if (known?.revision === source.revision) return known.value
    known = { revision: source.revision, value: Map.groupBy(source.list(), key) }
    return known.value
  }
}

function isUnsettled(info: ModuleInfo): boolean {
  return info.status?.phase !== 'Running' || info.status.version !== info.spec.version
}

/**
 * Runs the moduleplugin and the moduleinfo controller over a registry's clusters. Level-based: everything is looked at
 * once at the start and again whenever something that it rests on changes.
 */
export function startControllers(options: ControllersOptions): Controllers {
  const { registry, repoURL = '', log = () => undefined, wrapClient = (client) => client } = options
  const stopping = new AbortController()
  let started = false

  const report = (key: string, error: unknown): void => {
    // Somebody else wrote in between: the next try sees it.
    if (error instanceof ConflictError) return
    const isExpected = error instanceof KubeError
    log(
      `${key}: ${error instanceof Error ? (isExpected ? error.message : (error.stack ?? error.message)) : String(error)}`,
    )
  }
  const scene: OpenScene = openScene({
    registry,
    repoURL,
    wrapClient,
    onReleases: (cluster, events) => followReleases(cluster, events),
    onState: (cluster) => addPlacesOn(cluster),
    onUnblocked: (place) => addPlace(place),
  })
  const infosByKey = indexBy(scene.moduleInfos, placeKey)
  const queueOptions = { onError: report, firstRetryMs: options.firstRetryMs ?? 50 }
  const places = new WorkQueue({ ...queueOptions, reconcile: reconcileKey })
  const plugins = new WorkQueue({
    ...queueOptions,
    reconcile: async (name) => {
      await reconcilePlugin(scene, name)
      return undefined
    },
  })

  async function reconcileKey(key: string): Promise<Outcome> {
    const infos = infosByKey().get(key) ?? []
    const [first] = infos
    if (first === undefined) return undefined
    return reconcilePlace(scene, infos, key.startsWith('?') ? undefined : placeFor(first))
  }

  function addPlace(key: string): void {
    if (started) places.add(key)
  }
  function addPlugin(name: string): void {
    if (started && name !== '') plugins.add(name)
  }
  function addWhere(matches: (info: ModuleInfo) => boolean): void {
    for (const info of scene.moduleInfos.list()) if (matches(info)) addPlace(placeKey(info))
  }
  function addPlacesOn(cluster: string): void {
    addWhere((info) => placeFor(info).cluster === cluster)
  }
  function followReleases(cluster: string, events: readonly CacheEvent<AppRelease>[]): void {
    for (const { object } of events) {
      const plugin = object.metadata.labels?.[LABEL.moduleName]
      if (plugin !== undefined) addPlace(`${cluster}/${plugin}`)
    }
  }
  function followInfos(events: readonly CacheEvent<ModuleInfo>[]): void {
    for (const { object, previous } of events)
      for (const info of previous === undefined ? [object] : [previous, object]) {
        addPlace(placeKey(info))
        addPlugin(placeFor(info).plugin)
      }
    // Who waits for others (dependencies, conflicts, upgrade order) looks again when something was settled.
    const settled = events.some(
      ({ type, object, previous }) =>
        type === 'deleted' || (isAccepted(object) && (!isUnsettled(object) || previous === undefined)),
    )
    if (settled) addWhere(isUnsettled)
  }
  function followPlugin(events: readonly CacheEvent<KubeObject>[]): void {
    const names = new Set(events.map(({ object }) => pluginOf(object)))
    for (const name of names) addPlugin(name)
    addWhere((info) => names.has(placeFor(info).plugin))
  }

  scene.moduleInfos.onChange(followInfos)
  scene.modulePlugins.onChange(followPlugin)
  scene.moduleConfigs.onChange(followPlugin)
  scene.artifactVersions.onChange((events) => {
    for (const { object } of events) addPlugin(object.metadata.labels?.[LABEL.moduleName] ?? '')
  })
  const unsubscribe = registry.onChange(() => addWhere(() => true))

  const ready = scene.ready(stopping.signal).then(() => {
    started = true
    for (const object of [...scene.modulePlugins.list(), ...scene.moduleConfigs.list()])
      addPlugin(pluginOf(object))
    addWhere(() => true)
    return undefined
  })
  ready.catch(() => undefined)

  return {
    ready: () => ready,
    async stop() {
      stopping.abort()
      unsubscribe()
      scene.stop()
      await Promise.all([places.stop(), plugins.stop()])
    },
  }
}
