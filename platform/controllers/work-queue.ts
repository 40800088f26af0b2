/** What reconciling a key asks for next; undefined means nothing until something changes. */
export type Outcome = { readonly againAfterMs: number } | undefined

export interface WorkQueueOptions {
  /** Brings one key's state in order; called for one key by one worker at a time. */
  reconcile: (key: string) => Promise<Outcome>
  /** Told each time `reconcile` throws; the key is tried again by itself. */
  onError: (key: string, error: unknown) => void
  /** How many keys are worked on at once. */
  workers?: number
  /** What a key belongs to, such as a cluster: one group that answers slowly, or never, leaves workers to the others. */
  groupOf?: (key: string) => string
  /** How many keys of one group are worked on at once. */
  workersPerGroup?: number
  /** First pause after an error, doubled with each further one. */
  firstRetryMs?: number
  longestRetryMs?: number
}

/** Keys to reconcile: each once however often it was added, and again when it was added meanwhile. */
export class WorkQueue {
  private readonly options: Required<WorkQueueOptions>
  /** Keys by group; the group whose turn is next comes first. */
  private readonly waiting = new Map<string, Set<string>>()
  private readonly active = new Map<string, Promise<void>>()
  private readonly busy = new Map<string, number>()
  private readonly failures = new Map<string, number>()
  private readonly timers = new Map<string, NodeJS.Timeout>()
  private stopped = false

  constructor(options: WorkQueueOptions) {
    this.options = {
      workers: 8,
      groupOf: () => '',
      workersPerGroup: Infinity,
      firstRetryMs: 50,
      longestRetryMs: 30_000,
      ...options,
    }
  }

  /** Asks for a key at once; a pause that it is in ends. */
  add(key: string): void {
    if (this.stopped) return
    this.clearTimer(key)
    const group = this.options.groupOf(key)
    const keys = this.waiting.get(group)
    if (keys === undefined) this.waiting.set(group, new Set([key]))
    else keys.add(key)
    this.fill()
  }

  /** Asks for a key after a while; an earlier appointment stays. */
  addAfter(key: string, ms: number): void {
    if (this.stopped || this.timers.has(key)) return
    if (this.waiting.get(this.options.groupOf(key))?.has(key) === true) return
    // setTimeout takes 31 bits; whoever waits longer is asked again on the way.
    const timer = setTimeout(() => this.add(key), Math.min(ms, 2_000_000_000))
    this.timers.set(key, timer)
  }

  /** Takes no more keys and resolves once those in work are done. */
  async stop(): Promise<void> {
    this.stopped = true
    for (const key of this.timers.keys()) this.clearTimer(key)
    this.waiting.clear()
    await Promise.all(this.active.values())
  }

  private clearTimer(key: string): void {
    clearTimeout(this.timers.get(key))
    this.timers.delete(key)
  }

  private fill(): void {
    // A group that was given a worker queues up again behind the others, and is met again in this very loop.
    for (const [group, keys] of this.waiting) {
      if (this.active.size >= this.options.workers) return
      const key = this.nextOf(group, keys)
      if (key === undefined) continue
      keys.delete(key)
      this.waiting.delete(group)
      if (keys.size > 0) this.waiting.set(group, keys)
      this.busy.set(group, (this.busy.get(group) ?? 0) + 1)
      this.active.set(key, this.work(key, group))
    }
  }

  private nextOf(group: string, keys: ReadonlySet<string>): string | undefined {
    if ((this.busy.get(group) ?? 0) >= this.options.workersPerGroup) return undefined
    // A key in work waits for itself; there are no more of those than workers.
    for (const key of keys) if (!this.active.has(key)) return key
    return undefined
  }

  private async work(key: string, group: string): Promise<void> {
    try {
      const outcome = await this.options.reconcile(key)
      this.failures.delete(key)
      if (outcome !== undefined) this.addAfter(key, outcome.againAfterMs)
    } catch (error) {
      const failures = (this.failures.get(key) ?? 0) + 1
      this.failures.set(key, failures)
      if (!this.stopped) this.options.onError(key, error)
      this.addAfter(key, this.retryDelayMs(failures))
    } finally {
      this.active.delete(key)
      const busy = (this.busy.get(group) ?? 1) - 1
      if (busy === 0) this.busy.delete(group)
      else this.busy.set(group, busy)
      if (!this.stopped) this.fill()
    }
  }

  private retryDelayMs(failures: number): number {
    const { firstRetryMs, longestRetryMs } = this.options
    const full = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(failures - 1, 20))
    return full * (0.75 + Math.random() / 4)
  }
}
