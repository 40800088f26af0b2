import { capiClusterIn } from '#lib/kinds/capi-cluster.ts'
import type { CapiCluster } from '#lib/kinds/capi-cluster.ts'
import { LABEL } from '#lib/kinds/labels.ts'
import { watchCapiSecrets } from './capi-secrets.ts'
import type { CapiSecrets } from './capi-secrets.ts'
import { capiVersion } from './capi-version.ts'
import { sleep } from './clock.ts'
import { MANAGEMENT_CLUSTER, namedEntries } from './cluster-source.ts'
import type { ClusterEntry, ClusterSource, FoundCluster, Timing } from './cluster-source.ts'
import type { KubeClient } from './kube-client.ts'
import { createListeners } from './listeners.ts'
import type { CacheFreshness, ObjectCache } from './object-cache.ts'
import { createObjectCache } from './watch-cache.ts'

/** How clusters of Cluster API are called: as they are, or with their namespace before it. */
export type CapiNaming = 'name' | 'namespace-name'

/** Words of Cluster API in those of the platform; others are shown as they are. */
const PHASES: Readonly<Record<string, string>> = {
  Pending: 'Initializing',
  Provisioning: 'Initializing',
  Provisioned: 'Running',
  Deleting: 'Terminating',
}

const LOOK_AGAIN_MS = 5000

/** The clusters of Cluster API, each reached with the kubeconfig in its Secret, beside the management cluster. */
export function capiSource(client: KubeClient, naming: CapiNaming, timing: Timing): ClusterSource {
  const secrets = watchCapiSecrets(client, timing)
  const changeListeners = createListeners<undefined>()
  const freshnessListeners = createListeners<CacheFreshness>()
  const stopping = new AbortController()
  const settled = Promise.withResolvers<undefined>()
  let objects: ObjectCache<CapiCluster> | undefined
  let version: string | null = null
  let entries: readonly ClusterEntry[] = [MANAGEMENT_CLUSTER]
  let trouble: CacheFreshness = { state: 'loading', knownAt: null, message: null }

  function update(): void {
    entries = [
      MANAGEMENT_CLUSTER,
      ...namedEntries((objects?.list() ?? []).map((one) => found(one, naming, secrets))),
    ]
    changeListeners.tell(undefined)
  }

  function adopt(next: string): void {
    objects?.stop()
    version = next
    const adopted = createObjectCache(client, capiClusterIn(next), { ...timing, transform: onlyFacts })
    objects = adopted
    const follow = () => {
      if (adopted !== objects) return
      secrets.follow(
        adopted.list().map(({ metadata }) => ({ namespace: metadata.namespace ?? '', name: metadata.name })),
      )
      update()
    }
    adopted.onChange(follow)
    adopted.onFreshness((freshness) => adopted === objects && freshnessListeners.tell(freshness))
    adopted.ready().then(
      () => {
        follow()
        if (adopted === objects) settled.resolve(undefined)
      },
      () => undefined,
    )
  }

  /** A version may stop being served while we watch it; then the one that took its place counts. */
  async function followVersion(): Promise<void> {
    while (!stopping.signal.aborted) {
      if (objects === undefined || objects.freshness.state === 'absent') await lookForVersion()
      await sleep(timing.clock, LOOK_AGAIN_MS * (0.8 + 0.4 * timing.random()), stopping.signal)
    }
  }

  async function lookForVersion(): Promise<void> {
    try {
      const served = await capiVersion(client, stopping.signal)
      if (stopping.signal.aborted) return
      if (served !== null && (objects === undefined || served !== version)) adopt(served)
      if (served === null) tell({ ...trouble, state: 'absent', message: 'Cluster API is not served' })
    } catch (error) {
      if (!stopping.signal.aborted)
        tell({ ...trouble, message: error instanceof Error ? error.message : 'unknown error' })
    }
  }

  function tell(next: CacheFreshness): void {
    const isNews = next.state !== trouble.state || next.message !== trouble.message
    trouble = next
    if (isNews && objects === undefined) freshnessListeners.tell(next)
    if (next.state === 'absent') settled.resolve(undefined)
  }

  secrets.onChange(update)
  void followVersion()

  return {
    list: () => entries,
    get freshness() {
      return objects?.freshness ?? trouble
    },
    onChange: (listener) => changeListeners.add(() => listener()),
    onFreshness: (listener) => freshnessListeners.add(listener),
    async ready() {
      await settled.promise
      if (objects !== undefined) await secrets.ready()
    },
    stop() {
      stopping.abort()
      objects?.stop()
      secrets.stop()
    },
  }
}

function found(object: CapiCluster, naming: CapiNaming, secrets: CapiSecrets): FoundCluster {
  const { name, namespace = '', creationTimestamp, deletionTimestamp } = object.metadata
  // Which cluster is the management plane is nobody's to say.
  const { [LABEL.isGlobal]: _, ...labels } = object.metadata.labels ?? {}
  const phase = deletionTimestamp === undefined ? (object.status?.phase ?? '') : 'Deleting'
  return {
    name: naming === 'name' ? name : `${namespace}-${name}`,
    otherName: `${namespace}-${name}`,
    origin: `${namespace}/${name}`,
    ...secrets.routeTo(namespace, name),
    facts: {
      displayName: name,
      labels,
      phase: Object.hasOwn(PHASES, phase) ? (PHASES[phase] ?? phase) : phase,
      ...(creationTimestamp === undefined ? {} : { createdAt: creationTimestamp }),
    },
  }
}

function onlyFacts({ apiVersion, kind, metadata, status }: CapiCluster): CapiCluster {
  return {
    apiVersion,
    kind,
    metadata,
    ...(status === undefined ? {} : { status: { phase: status.phase ?? '' } }),
  }
}
