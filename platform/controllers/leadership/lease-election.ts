import type { Clock } from '#lib/kube/clock.ts'
import { sleep, SYSTEM_CLOCK } from '#lib/kube/clock.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { AlreadyExistsError, ConflictError, NotFoundError } from '#lib/kube/kube-error.ts'
import { NAMESPACE } from '#lib/kinds/core.ts'
import { OWN_NAMESPACE } from '#lib/kinds/labels.ts'
import { CONTROLLERS_LEASE, LEASE } from '#lib/kinds/lease.ts'
import type { Lease } from '#lib/kinds/lease.ts'
import { FIELD_MANAGER } from './fenced-client.ts'
import { firstLease, heldLease, releasedLease } from './lease-record.ts'
import type { Term } from './term.ts'

/** In milliseconds. The same figures, and the same meaning, as client-go's. */
export interface LeaseTiming {
  /** Others leave a lease alone for so long after the last renewal that they saw. */
  readonly leaseMs: number
  /** The holder stops beginning writes so long after it last asked for a renewal that was granted. */
  readonly renewMs: number
  /** Between two tries. */
  readonly retryMs: number
}

/** client-go's proportions for a lease of so many seconds; its own is 15, with 10 to renew and 2 between tries. */
export function leaseTiming(seconds = 15): LeaseTiming {
  const leaseMs = seconds * 1000
  return { leaseMs, renewMs: (leaseMs * 2) / 3, retryMs: (leaseMs * 2) / 15 }
}

/** What a holder does during its term. */
export interface Work {
  /** Ends it; resolves once nothing is written any more. */
  stop(): Promise<void>
}

export interface ElectionOptions {
  /** Of the management cluster. */
  readonly client: KubeClient
  /** Of this process alone. */
  readonly identity: string
  /** Called whenever a term begins. */
  readonly begin: (term: Term) => Work
  /** Told who holds the lease instead, each time that changes. */
  readonly onStandby: (holder: string) => void
  /** Whether a holder is known to be gone for good; nobody is unless given. */
  readonly isHolderGone?: (holder: string) => boolean
  readonly log: (line: string) => void
  readonly timing?: LeaseTiming
  /** Must not jump: what others wrote about time is never compared with it. */
  readonly clock?: Clock
  readonly random?: () => number
}

export interface Election {
  /** Ends the work, then gives the lease back, so that another process has it at once. */
  stop(): Promise<void>
}

const MONOTONIC_CLOCK: Clock = { ...SYSTEM_CLOCK, now: () => performance.now() }
/** The part of the lease's duration that lies between the end of the last write and another's turn. */
const MARGIN = 1 / 15
const SHORTEST_CALL_MS = 500
const LONGEST_CALL_MS = 5000

/** One process among those that want the lease: stands by, leads, stands by again, until it is stopped. */
class LeaseElection implements Election {
  private readonly options: ElectionOptions & { timing: LeaseTiming; clock: Clock; random: () => number }
  private readonly stopping = new AbortController()
  private readonly ended: Promise<void>
  /** The lease as it was last seen, and when a change of it was. */
  private seen: Lease | undefined
  private seenAt = 0
  /** Whom we stand by for. */
  private holder: string | undefined
  private trouble = ''

  constructor(options: ElectionOptions) {
    this.options = { timing: leaseTiming(), clock: MONOTONIC_CLOCK, random: Math.random, ...options }
    this.ended = this.run()
  }

  async stop(): Promise<void> {
    this.stopping.abort()
    await this.ended
  }

  private async run(): Promise<void> {
    const { begin, timing, clock, log } = this.options
    for (;;) {
      let renewedAt = await this.campaign()
      if (renewedAt === undefined) return
      const lost = new AbortController()
      const work = begin({
        signal: lost.signal,
        writeTimeMs() {
          const ageMs = clock.now() - (renewedAt ?? -Infinity)
          return ageMs < timing.renewMs ? timing.leaseMs * (1 - MARGIN) - ageMs : 0
        },
      })
      let next: number | undefined = renewedAt
      while (next !== undefined && !this.stopping.signal.aborted) {
        renewedAt = next
        await sleep(clock, timing.retryMs, this.stopping.signal)
        if (!this.stopping.signal.aborted) next = await this.renew(renewedAt)
      }
      if (!this.stopping.signal.aborted) {
        log('the lease is lost: nothing is written any more')
        lost.abort()
      }
      await work.stop()
      if (!this.stopping.signal.aborted) continue
      lost.abort()
      if (clock.now() - renewedAt < timing.renewMs) await this.release()
      return
    }
  }

  /** Tries until the lease is ours. Returns when that was asked for; undefined once stopped. */
  private async campaign(): Promise<number | undefined> {
    const { timing, clock, random } = this.options
    while (!this.stopping.signal.aborted) {
      const at = await this.attempt(LONGEST_CALL_MS)
      if (at !== undefined) return at
      await sleep(clock, timing.retryMs * (0.8 + 0.4 * random()), this.stopping.signal)
    }
    return undefined
  }

  /** Tries until the lease is renewed. Undefined once it is somebody else's, or could not be renewed in time. */
  private async renew(renewedAt: number): Promise<number | undefined> {
    const { timing, clock } = this.options
    for (;;) {
      const restMs = renewedAt + timing.renewMs - clock.now()
      if (restMs <= 0) return undefined
      const at = await this.attempt(Math.min(LONGEST_CALL_MS, Math.max(SHORTEST_CALL_MS, restMs / 2)))
      // Late by a stopped process or a slow answer: what was written in between may have been another's turn.
      if (clock.now() >= renewedAt + timing.renewMs) return undefined
      if (at !== undefined) return at
      if (!this.isOurs()) return undefined
      await sleep(clock, Math.min(timing.retryMs, restMs), this.stopping.signal)
      if (this.stopping.signal.aborted) return renewedAt
    }
  }

  /** One try to take or to renew. Returns when the granted request was sent; undefined when it was not granted. */
  private async attempt(timeoutMs: number): Promise<number | undefined> {
    try {
      const at = await this.takeOrRenew(timeoutMs)
      this.trouble = ''
      return at
    } catch (error) {
      const trouble = error instanceof Error ? error.message : String(error)
      if (
        !(error instanceof ConflictError) &&
        !(error instanceof AlreadyExistsError) &&
        trouble !== this.trouble
      )
        this.options.log(`the lease can't be had: ${trouble}`)
      this.trouble = trouble
      return undefined
    }
  }

  private async takeOrRenew(timeoutMs: number): Promise<number | undefined> {
    const { client, identity, timing, clock } = this.options
    const seconds = timing.leaseMs / 1000
    const call = { namespace: OWN_NAMESPACE, fieldManager: FIELD_MANAGER, timeoutMs }
    if (this.seen === undefined || !this.isOurs()) {
      try {
        this.observe(await client.get(LEASE, CONTROLLERS_LEASE, call))
      } catch (error) {
        if (!(error instanceof NotFoundError)) throw error
        const at = clock.now()
        this.observe(await this.create(firstLease(identity, seconds, new Date()), call))
        return at
      }
    }
    const { seen } = this
    if (seen === undefined) return undefined
    if (!this.isFree(seen)) {
      this.standBy(seen.spec?.holderIdentity ?? '')
      return undefined
    }
    this.holder = undefined
    const at = clock.now()
    try {
      this.observe(await client.replace(LEASE, heldLease(seen, identity, seconds, new Date()), call))
      return at
    } catch (error) {
      // Somebody wrote in between, or the answer to our own last write was lost: look first.
      if (error instanceof NotFoundError) this.seen = undefined
      else if (error instanceof ConflictError) this.observe(await client.get(LEASE, CONTROLLERS_LEASE, call))
      throw error
    }
  }

  private async create(lease: Lease, call: { namespace: string; timeoutMs: number }): Promise<Lease> {
    const { client } = this.options
    const { timeoutMs } = call
    try {
      return await client.create(LEASE, lease, call)
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error
    }
    const home = { apiVersion: 'v1', kind: NAMESPACE.kind, metadata: { name: OWN_NAMESPACE } }
    await client.create(NAMESPACE, home, { timeoutMs }).catch((error: unknown) => {
      if (!(error instanceof AlreadyExistsError)) throw error
    })
    return client.create(LEASE, lease, call)
  }

  private observe(lease: Lease): void {
    // Not by its times: a holder whose clock stands still renews too.
    if (lease.metadata.resourceVersion !== this.seen?.metadata.resourceVersion)
      this.seenAt = this.options.clock.now()
    this.seen = lease
  }

  private standBy(holder: string): void {
    if (holder !== this.holder) this.options.onStandby(holder)
    this.holder = holder
  }

  private isOurs(): boolean {
    return this.seen?.spec?.holderIdentity === this.options.identity
  }

  /** Ours, given back, left behind, or not renewed for its whole duration by what we saw ourselves. */
  private isFree({ spec }: Lease): boolean {
    const holder = spec?.holderIdentity ?? ''
    if (this.isOurs() || holder === '' || this.options.isHolderGone?.(holder) === true) return true
    const durationMs = (spec?.leaseDurationSeconds ?? 0) * 1000
    return this.options.clock.now() - this.seenAt >= durationMs
  }

  private async release(): Promise<void> {
    const { client, log } = this.options
    if (this.seen === undefined || !this.isOurs()) return
    const call = { namespace: OWN_NAMESPACE, fieldManager: FIELD_MANAGER, timeoutMs: SHORTEST_CALL_MS * 2 }
    try {
      await client.replace(LEASE, releasedLease(this.seen, new Date()), call)
    } catch (error) {
      log(`the lease could not be given back: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
}

/**
 * Takes part in the election of the one process of controllers that works, by the Lease
 * `plugin-marketplace-system/plugin-marketplace-controllers`, until it is stopped. Never throws: what goes wrong is
 * told to `log` and tried again. A process that loses the lease stands by.
 */
export function startElection(options: ElectionOptions): Election {
  return new LeaseElection(options)
}
