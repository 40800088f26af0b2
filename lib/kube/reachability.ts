import { sleep } from './clock.ts'
import type { Timing } from './cluster-source.ts'
import type { KubeClient } from './kube-client.ts'
import { ForbiddenError, KubeError, TooManyRequestsError } from './kube-error.ts'
import { createListeners } from './listeners.ts'
import { createSlots } from './slots.ts'

/** What a light request every ten seconds tells of a cluster. Times in milliseconds since the epoch. */
export interface ClusterReachability {
  readonly state: 'unknown' | 'reachable' | 'unreachable'
  /** When that began, as far as we saw; null while it is unknown. */
  readonly since: number | null
  /** The last answer; null before the first one. */
  readonly answeredAt: number | null
  /** Why it is unreachable. */
  readonly message: string | null
  /** Kubernetes' version, as it last said. */
  readonly version: string | null
}

/** A cluster to ask. */
export interface ProbeTarget {
  /** Another one means another way to it: what was known counts no more. */
  readonly route: object
  /** A client for the probes alone, on connections of its own. */
  open(): KubeClient
}

export interface Reachability {
  get(cluster: string): ClusterReachability
  /** The clusters to ask from now on. */
  follow(targets: ReadonlyMap<string, ProbeTarget>): void
  /** Told the name of a cluster whose state, reason or version is another one than before. */
  onChange(listener: (cluster: string) => void): () => void
  stop(): void
}

const INTERVAL_MS = 10_000
const DEADLINE_MS = 5000
/** A cluster that answered a moment ago gets a second chance before it counts as silent. */
const SECOND_CHANCE_MS = 1000
const FIRST_RETRY_MS = 5000
const LAST_RETRY_MS = 60_000
/** At once: of those that answer or were never asked, and of the silent ones, which take their time. */
const ALIVE_SLOTS = 32
const SILENT_SLOTS = 8

const UNKNOWN: ClusterReachability = {
  state: 'unknown',
  since: null,
  answeredAt: null,
  message: null,
  version: null,
}

/** Asks each cluster for its version, for ever; a silent one costs the others nothing. */
export function watchReachability({ clock, random }: Timing): Reachability {
  const listeners = createListeners<string>()
  const alive = createSlots(ALIVE_SLOTS)
  const silent = createSlots(SILENT_SLOTS)
  const known = new Map<string, ClusterReachability>()
  const running = new Map<string, { route: object; stopping: AbortController }>()

  function tell(cluster: string, next: ClusterReachability): void {
    const before = known.get(cluster) ?? UNKNOWN
    known.set(cluster, next)
    if (before.state !== next.state || before.message !== next.message || before.version !== next.version)
      listeners.tell(cluster)
  }

  function answered(cluster: string, version: string | null): void {
    const before = known.get(cluster) ?? UNKNOWN
    const now = clock.now()
    tell(cluster, {
      state: 'reachable',
      since: before.state === 'reachable' ? before.since : now,
      answeredAt: now,
      message: null,
      version: version ?? before.version,
    })
  }

  function failed(cluster: string, message: string): void {
    const before = known.get(cluster) ?? UNKNOWN
    const since = before.state === 'unreachable' ? before.since : clock.now()
    tell(cluster, { ...before, state: 'unreachable', since, message })
  }

  /** Null when it answered, else why not. */
  async function ask(cluster: string, client: KubeClient, signal: AbortSignal): Promise<string | null> {
    const controller = new AbortController()
    const onAbort = () => controller.abort()
    signal.addEventListener('abort', onAbort, { once: true })
    const cancel = clock.after(DEADLINE_MS, onAbort)
    try {
      const answer = await client.getPath('/version', { signal: controller.signal })
      const version = (answer as { gitVersion?: unknown } | null)?.gitVersion
      if (!signal.aborted) answered(cluster, typeof version === 'string' ? version.slice(0, 64) : null)
      return null
    } catch (error) {
      // A refusal is an answer: only who may not ask for the version hears it.
      if (error instanceof ForbiddenError || error instanceof TooManyRequestsError) {
        if (!signal.aborted) answered(cluster, null)
        return null
      }
      return error instanceof KubeError ? error.message : `no answer within ${DEADLINE_MS / 1000} s`
    } finally {
      cancel()
      signal.removeEventListener('abort', onAbort)
    }
  }

  async function follow(cluster: string, client: KubeClient, signal: AbortSignal): Promise<void> {
    const jitter = () => 0.75 + 0.5 * random()
    let failures = 0
    while (!signal.aborted) {
      const isSilent = known.get(cluster)?.state === 'unreachable'
      const why = await (isSilent ? silent : alive).run(async () =>
        signal.aborted ? null : ask(cluster, client, signal),
      )
      if (signal.aborted) break
      failures = why === null ? 0 : failures + 1
      const wasReachable = known.get(cluster)?.state === 'reachable'
      if (why !== null && !(wasReachable && failures === 1)) failed(cluster, why)
      const delayMs =
        why === null
          ? INTERVAL_MS
          : wasReachable && failures === 1
            ? SECOND_CHANCE_MS
            : Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 8))
      await sleep(clock, delayMs * jitter(), signal)
    }
    await client.close()
  }

  return {
    get: (cluster) => known.get(cluster) ?? UNKNOWN,
    follow(targets) {
      for (const [cluster, { route, stopping }] of running) {
        if (targets.get(cluster)?.route === route) continue
        stopping.abort()
        running.delete(cluster)
        known.delete(cluster)
      }
      for (const [cluster, target] of targets) {
        if (running.has(cluster)) continue
        const stopping = new AbortController()
        running.set(cluster, { route: target.route, stopping })
        void follow(cluster, target.open(), stopping.signal)
      }
    },
    onChange: (listener) => listeners.add(listener),
    stop() {
      for (const { stopping } of running.values()) stopping.abort()
      running.clear()
    },
  }
}
