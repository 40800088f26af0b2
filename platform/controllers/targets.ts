import type { ClusterRegistry } from '#lib/kube/cluster-registry.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import type { CacheEvent } from '#lib/kube/object-cache.ts'
import { createObjectCache } from '#lib/kube/watch-cache.ts'
import { APP_RELEASE } from '#lib/kinds/app-release.ts'
import type { AppRelease } from '#lib/kinds/app-release.ts'
import { PLATFORM_NAMESPACE } from '#lib/kinds/labels.ts'
import type { Target, TargetState } from './scene.ts'

/** A cluster may stay silent this long before its installations say that it can't be reached. */
const GRACE_MS = 3000

export interface TargetsOptions {
  readonly registry: ClusterRegistry
  /** For tests: stands between the controllers and the API. */
  readonly wrapClient: (client: KubeClient) => KubeClient
  readonly onReleases: (cluster: string, events: readonly CacheEvent<AppRelease>[]) => void
  /** The state of a cluster may have changed. */
  readonly onState: (cluster: string) => void
}

interface Entry extends Target {
  readonly source: KubeClient
  stop(): void
}

/** One target for each cluster of the registry, kept in step with it. */
export class Targets {
  private readonly options: TargetsOptions
  private readonly entries = new Map<string, Entry>()
  private readonly unsubscribe: () => void

  constructor(options: TargetsOptions) {
    this.options = options
    this.unsubscribe = options.registry.onChange(() => this.follow())
    this.follow()
  }

  get(cluster: string): Target | undefined {
    return this.entries.get(cluster)
  }

  stop(): void {
    this.unsubscribe()
    for (const entry of this.entries.values()) entry.stop()
    this.entries.clear()
  }

  private follow(): void {
    const { registry } = this.options
    const names = new Set(registry.clusters().map(({ metadata }) => metadata.name))
    for (const [name, entry] of this.entries)
      if (!names.has(name) || registry.client(name) !== entry.source) {
        entry.stop()
        this.entries.delete(name)
      }
    for (const name of names) {
      const client = registry.client(name)
      if (client !== undefined && !this.entries.has(name)) this.entries.set(name, this.open(name, client))
    }
  }

  private open(cluster: string, source: KubeClient): Entry {
    const { wrapClient, onReleases, onState } = this.options
    const releases = createObjectCache(source, APP_RELEASE, { namespace: PLATFORM_NAMESPACE })
    let staleSince: number | undefined
    let timer: NodeJS.Timeout | undefined
    releases.onChange((events) => onReleases(cluster, events))
    releases.onFreshness(({ state }) => {
      clearTimeout(timer)
      if (state === 'stale') {
        staleSince ??= Date.now()
        timer = setTimeout(() => onState(cluster), GRACE_MS + 20)
      } else {
        staleSince = undefined
        onState(cluster)
      }
    })
    const state = (): TargetState => {
      const { state, message } = releases.freshness
      if (state === 'live') return { state: 'ready' }
      if (state === 'absent') return { state: 'no-delivery', message: message ?? '' }
      if (state === 'forbidden') return { state: 'forbidden', message: message ?? '' }
      if (state === 'loading')
        return message === null ? { state: 'connecting' } : { state: 'unreachable', message }
      const isFresh = staleSince !== undefined && Date.now() - staleSince < GRACE_MS
      return isFresh ? { state: 'connecting' } : { state: 'unreachable', message: message ?? '' }
    }
    return {
      client: wrapClient(source),
      source,
      releases,
      state,
      stop: () => {
        clearTimeout(timer)
        releases.stop()
      },
    }
  }
}
