import { pluginOf } from '#lib/domain/module-name.ts'
import { soundObject } from '#lib/domain/sound-object.ts'
import { canonicalJson, isOwnHash } from '#lib/domain/spec-hash.ts'
import type { ClusterRegistry } from '#lib/kube/cluster-registry.ts'
import { ConflictError, KubeError } from '#lib/kube/kube-error.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import type { CacheEvent } from '#lib/kube/object-cache.ts'
import type { AppRelease } from '#lib/kinds/app-release.ts'
import { LABEL } from '#lib/kinds/labels.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import type { KubeObject } from '#lib/kinds/object.ts'
import { NotLeadingError } from './leadership/term.ts'
import { placeFor, placeKey } from './module-info/place.ts'
import { reconcilePlace } from './module-info/reconcile-place.ts'
import { reconcilePlugin } from './module-plugin/reconcile-plugin.ts'
import { openScene } from './open-scene.ts'
import type { OpenScene } from './open-scene.ts'
import type { ClusterView } from './scene.ts'
import { WorkQueue } from './work-queue.ts'
import type { Outcome } from './work-queue.ts'

export interface ControllersOptions {
  /** The clusters; stays the caller's to stop. */
  readonly registry: ClusterRegistry
  /** The registry that charts come from, as AppReleases name it; `''` where none is configured. */
  readonly repoURL?: string
  /** How many accepted specs of each installation are kept; 10 unless given. */
  readonly historyLimit?: number
  readonly log?: (line: string) => void
  /** Told the name of a ModuleInfo whose status says that something else carries it out. */
  readonly onForeignStatus?: (name: string) => void
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

function isSettled(info: ModuleInfo): boolean {
  return info.status?.phase === 'Running' && info.status.version === info.spec.version
}

/** Whether somebody else noted what it carried out, in a way that isn't ours. */
function wasTakenOver(previous: ModuleInfo, info: ModuleInfo): boolean {
  const hash = soundObject('ModuleInfo', info).object.status?.specHash ?? ''
  return hash !== '' && hash !== previous.status?.specHash && !isOwnHash(hash)
}

/** A cluster that answers no more holds its own workers until their calls time out, and nobody else's. */
const WORKERS = 32
const WORKERS_PER_CLUSTER = 4

function clusterOf(place: string): string {
  return place.slice(0, place.lastIndexOf('/'))
}

/** Status of a plugin follows its installations; a burst of them is one update. */
const PLUGIN_STATUS_DELAY_MS = 30

/** What of a cluster decides about installations; its heartbeat doesn't. */
function clusterFacts({ labels, type, object }: ClusterView): string {
  return canonicalJson([labels, type, object?.metadata.uid])
}

function sameMeaning(a: KubeObject, b: KubeObject): boolean {
  const facts = ({ metadata: { generation, labels, annotations, deletionTimestamp } }: KubeObject): string =>
    canonicalJson([generation, labels, annotations, deletionTimestamp])
  return a.metadata.generation !== undefined && facts(a) === facts(b)
}

/**
 * Runs the moduleplugin and the moduleinfo controller over a registry's clusters. Level-based: everything is looked at
 * once at the start and again whenever something that it rests on changes.
 */
export function startControllers(options: ControllersOptions): Controllers {
  const { registry, repoURL = '', log = () => undefined, wrapClient = (client) => client } = options
  const stopping = new AbortController()
  let started = false
  let knownClusters: ReadonlyMap<string, string> = new Map()

  const report = (key: string, error: unknown): void => {
    // Somebody else wrote in between, and the next try sees it; or the term is over.
    if (error instanceof ConflictError || error instanceof NotLeadingError) return
    const isExpected = error instanceof KubeError
    log(
      `${key}: ${error instanceof Error ? (isExpected ? error.message : (error.stack ?? error.message)) : String(error)}`,
    )
  }
  const scene: OpenScene = openScene({
    registry,
    repoURL,
    historyLimit: options.historyLimit ?? 10,
    log,
    wrapClient,
    onInfos: (events) => followInfos(events),
    onReleases: (cluster, events) => followReleases(cluster, events),
    onState: (cluster) => addPlacesOn(cluster),
    onUnblocked: (place) => addPlace(place),
  })
  const queueOptions = { onError: report, firstRetryMs: options.firstRetryMs ?? 50, longestRetryMs: 10_000 }
  const places = new WorkQueue({
    ...queueOptions,
    reconcile: reconcileKey,
    workers: WORKERS,
    groupOf: clusterOf,
    workersPerGroup: WORKERS_PER_CLUSTER,
  })
  const plugins = new WorkQueue({
    ...queueOptions,
    reconcile: async (name) => {
      await reconcilePlugin(scene, name)
      return undefined
    },
  })

  async function reconcileKey(key: string): Promise<Outcome> {
    const infos = scene.infos.at(key)
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
  function addAll(infos: readonly ModuleInfo[]): void {
    for (const info of infos) addPlace(placeKey(info))
  }
  function addPlacesOn(cluster: string): void {
    if (started) addAll(scene.infos.onCluster(cluster))
  }
  function followReleases(cluster: string, events: readonly CacheEvent<AppRelease>[]): void {
    for (const { object } of events) {
      const plugin = object.metadata.labels?.[LABEL.moduleName]
      if (plugin !== undefined) addPlace(`${cluster}/${plugin}`)
    }
  }
  function followInfos(events: readonly CacheEvent<ModuleInfo>[]): void {
    for (const { object, previous } of events) {
      if (previous !== undefined && wasTakenOver(previous, object))
        options.onForeignStatus?.(object.metadata.name)
      for (const info of previous === undefined ? [object] : [previous, object]) {
        addPlace(placeKey(info))
        const { plugin } = placeFor(info)
        if (started && plugin !== '') plugins.addAfter(plugin, PLUGIN_STATUS_DELAY_MS)
      }
    }
    // Who waits for others (dependencies, conflicts, upgrade order) looks again when something was settled.
    if (events.some(({ type, object }) => type === 'deleted' || isSettled(object)))
      addAll(scene.infos.waiting())
  }
  function followPlugin(object: KubeObject): void {
    const name = pluginOf(object)
    addPlugin(name)
    addAll(scene.infos.ofPlugin(name))
  }
  function followClusters(): void {
    const facts = new Map([...scene.clusters()].map(([name, view]) => [name, clusterFacts(view)]))
    for (const name of new Set([...facts.keys(), ...knownClusters.keys()]))
      if (facts.get(name) !== knownClusters.get(name)) addPlacesOn(name)
    knownClusters = facts
  }

  scene.modulePlugins.onChange((events) => {
    for (const { object, previous } of events)
      if (previous === undefined || !sameMeaning(previous, object)) followPlugin(object)
      else addPlugin(pluginOf(object))
  })
  scene.moduleConfigs.onChange((events) => {
    for (const { object } of events) followPlugin(object)
  })
  scene.artifactVersions.onChange((events) => {
    for (const { object } of events) addPlugin(object.metadata.labels?.[LABEL.moduleName] ?? '')
  })
  const unsubscribe = registry.onChange(followClusters)

  const ready = scene.ready(stopping.signal).then(() => {
    started = true
    for (const object of [...scene.modulePlugins.list(), ...scene.moduleConfigs.list()])
      addPlugin(pluginOf(object))
    followClusters()
    for (const key of scene.infos.keys()) addPlace(key)
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
