import { setTimeout as pause } from 'node:timers/promises'
import { ConflictError, NotFoundError } from '#lib/kube/kube-error.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import type { ObjectCache } from '#lib/kube/object-cache.ts'
import { createObjectCache } from '#lib/kube/watch-cache.ts'
import { APP_RELEASE } from '#lib/kinds/app-release.ts'
import type { AppRelease } from '#lib/kinds/app-release.ts'
import { CONFIG_MAP } from '#lib/kinds/core.ts'
import type { ConfigMap } from '#lib/kinds/core.ts'
import { SIMULATED_DELIVERY_MARKER } from '#lib/kinds/delivery-marker.ts'
import { LABEL } from '#lib/kinds/labels.ts'
import { instructionFor, stageMilliseconds } from './marker.ts'
import { isRemoving, removalStatus, rolloutStep } from './rollout.ts'

/** Holds a release until its charts are "uninstalled". */
const FINALIZER = 'marketplace.console/simulated-delivery'
const FIRST_RETRY_MS = 100
const LONGEST_RETRY_MS = 5000

export interface DeliveryOptions {
  /** Told whether the cluster has the marker, once that is known and each time it changes. */
  readonly onMarker?: (isMarked: boolean) => void
  readonly log?: (line: string) => void
}

export interface SimulatedDelivery {
  stop(): Promise<void>
}

/** The one loop of one release: steps, pauses, and looks again when something changes. */
class ReleaseLoop {
  private readonly key: string
  private readonly step: () => Promise<number | null>
  private readonly log: (line: string) => void
  private wake = new AbortController()
  private isStopped = false
  readonly ended: Promise<void>

  constructor(key: string, step: () => Promise<number | null>, log: (line: string) => void) {
    this.key = key
    this.step = step
    this.log = log
    this.ended = this.run()
  }

  lookAgain(): void {
    this.wake.abort()
  }

  stop(): void {
    this.isStopped = true
    this.wake.abort()
  }

  private async run(): Promise<void> {
    let failures = 0
    while (!this.isStopped) {
      this.wake = new AbortController()
      const { signal } = this.wake
      let pauseMs: number | null
      try {
        pauseMs = await this.step()
        failures = 0
      } catch (error) {
        failures += 1
        pauseMs = Math.min(FIRST_RETRY_MS * 2 ** failures, LONGEST_RETRY_MS)
        if (!(error instanceof ConflictError))
          this.log(`delivery of ${this.key}: ${error instanceof Error ? error.message : String(error)}`)
      }
      if (!this.isStopped) await waitFor(pauseMs, signal)
    }
  }
}

/** Waits so long, or (null) until the signal aborts; never rejects. */
async function waitFor(ms: number | null, signal: AbortSignal): Promise<void> {
  if (ms !== null) return pause(ms, undefined, { signal }).catch(() => undefined)
  if (signal.aborted) return undefined
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}

class ClusterDelivery implements SimulatedDelivery {
  private readonly client: KubeClient
  private readonly log: (line: string) => void
  private readonly markers: ObjectCache<ConfigMap>
  private readonly releases: ObjectCache<AppRelease>
  private readonly loops = new Map<string, ReleaseLoop>()
  /** When the stage that a release is in ends, by its uid. */
  private readonly due = new Map<string, { at: number; wanted: string }>()

  constructor(client: KubeClient, { log = () => undefined, onMarker = () => undefined }: DeliveryOptions) {
    this.client = client
    this.log = log
    const { namespace } = SIMULATED_DELIVERY_MARKER
    this.markers = createObjectCache(client, CONFIG_MAP, { namespace })
    this.releases = createObjectCache(client, APP_RELEASE)
    this.releases.onChange((events) => {
      for (const { type, object } of events) this.follow(object, type === 'deleted')
    })
    this.markers.onChange((events) => {
      if (events.some(({ object }) => object.metadata.name === SIMULATED_DELIVERY_MARKER.name))
        for (const release of this.releases.list()) this.follow(release, false)
      tell()
    })
    let wasMarked: boolean | undefined
    const tell = (): void => {
      const isMarked = this.marker() !== undefined
      if (isMarked !== wasMarked) onMarker(isMarked)
      wasMarked = isMarked
    }
    this.markers.ready().then(tell, () => undefined)
  }

  async stop(): Promise<void> {
    this.markers.stop()
    this.releases.stop()
    const loops = [...this.loops.values()]
    for (const loop of loops) loop.stop()
    await Promise.all(loops.map(({ ended }) => ended))
  }

  /** The permission to play here, and the instructions; undefined where there is none. */
  private marker(): ConfigMap | undefined {
    return this.markers.get(SIMULATED_DELIVERY_MARKER.name, SIMULATED_DELIVERY_MARKER.namespace)
  }

  private follow(release: AppRelease, isGone: boolean): void {
    const { name, namespace = '', uid = '' } = release.metadata
    const loop = this.loops.get(uid)
    if (isGone) {
      loop?.stop()
      this.loops.delete(uid)
      this.due.delete(uid)
    } else if (loop === undefined) {
      const key = `${this.client.cluster}/${namespace}/${name}`
      this.loops.set(uid, new ReleaseLoop(key, () => this.work(name, namespace, uid), this.log))
    } else loop.lookAgain()
  }

  /** Does what is due; answers how many milliseconds to wait, or null until something changes. */
  private async work(name: string, namespace: string, uid: string): Promise<number | null> {
    const release = this.releases.get(name, namespace)
    const marker = this.marker()
    if (release?.metadata.uid !== uid || marker === undefined) return null
    const waitMs = this.waitFor(release)
    if (waitMs > 0) return waitMs
    if (release.metadata.deletionTimestamp !== undefined) return this.remove(release, marker)
    if (release.metadata.finalizers?.includes(FINALIZER) !== true) {
      const finalizers = [...(release.metadata.finalizers ?? []), FINALIZER]
      const metadata = { ...release.metadata, finalizers }
      await this.client.replace(APP_RELEASE, { ...release, metadata }, { namespace })
      return null
    }
    const plugin = release.metadata.labels?.[LABEL.moduleName] ?? ''
    const instruction = instructionFor(marker, name, plugin)
    const step = rolloutStep(release, instruction, stageMilliseconds(marker), new Date())
    if (step === null) return null
    const written = await this.client.replace(
      APP_RELEASE,
      { ...release, status: step.status },
      { namespace, subresource: 'status' },
    )
    if (step.nextAfterMs === null) return null
    this.startStage(written, step.nextAfterMs)
    return step.nextAfterMs
  }

  private async remove(release: AppRelease, marker: ConfigMap): Promise<number | null> {
    const { name, namespace = '', finalizers = [] } = release.metadata
    if (!finalizers.includes(FINALIZER)) return null
    const stageMs = stageMilliseconds(marker)
    try {
      if (!isRemoving(release) && stageMs > 0) {
        const status = removalStatus(release, new Date())
        const written = await this.client.replace(
          APP_RELEASE,
          { ...release, status },
          { namespace, subresource: 'status' },
        )
        this.startStage(written, stageMs)
        return stageMs
      }
      const plugin = release.metadata.labels?.[LABEL.moduleName] ?? ''
      if (instructionFor(marker, name, plugin).kind === 'hang-removal') return null
      const left = finalizers.filter((finalizer) => finalizer !== FINALIZER)
      const metadata = { ...release.metadata, finalizers: left }
      await this.client.replace(APP_RELEASE, { ...release, metadata }, { namespace })
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error
    }
    return null
  }

  /** A stage lasts its time; a change of what is wanted ends it. */
  private startStage(release: AppRelease, ms: number): void {
    const { uid = '', generation = 0, deletionTimestamp = '' } = release.metadata
    this.due.set(uid, { at: Date.now() + ms, wanted: `${generation}/${deletionTimestamp}` })
  }

  private waitFor(release: AppRelease): number {
    const { uid = '', generation = 0, deletionTimestamp = '' } = release.metadata
    const stage = this.due.get(uid)
    if (stage === undefined || stage.wanted !== `${generation}/${deletionTimestamp}`) return 0
    return Math.max(0, stage.at - Date.now())
  }
}

/**
 * Plays the agent of a cluster: takes the AppReleases there through visible stages to Synced, and off again. Does nothing on a
 * cluster without the marker ConfigMap, whose data tells how long a stage takes and which releases are to fail or to hang.
 */
export function startSimulatedDelivery(client: KubeClient, options: DeliveryOptions = {}): SimulatedDelivery {
  return new ClusterDelivery(client, options)
}
