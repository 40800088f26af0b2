/** What reconciling a key asks for next; undefined means nothing until something changes. */
export type Outcome = { readonly againAfterMs: number } | undefined

export interface WorkQueueOptions {
  /** Brings one key's state in order; called for one key by one worker at a time. */
  reconcile: (key: string) => Promise<Outcome>
  /** Told each time `reconcile` throws; the key is tried again by itself. */
  onError: (key: string, error: unknown) => void
  /** How many keys are worked on at once. */
  workers?: number
  /** First pause after an error, doubled with each further one. */
  firstRetryMs?: number
  longestRetryMs?: number
}

/** Keys to reconcile: each once however often it was added, and again when it was added meanwhile. */
export class WorkQueue {
  private readonly options: Required<WorkQueueOptions>
  private readonly waiting = new Set<string>()
  private readonly active = new Map<string, Promise<void>>()
  private readonly failures = new Map<string, number>()
  private readonly timers = new Map<string, NodeJS.Timeout>()
  private stopped = false

  constructor(options: WorkQueueOptions) {
    this.options = { workers: 8, firstRetryMs: 50, longestRetryMs: 30_000, ...options }
  }

  /** Asks for a key at once; a pause that it is in ends. */
  add(key: string): void {
    if (this.stopped) return
    this.clearTimer(key)
    this.waiting.add(key)
    this.fill()
  }

  /** Asks for a key after a while; an earlier appointment stays. */
  addAfter(key: string, ms: number): void {
    if (this.stopped || this.waiting.has(key) || this.timers.has(key)) return
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
    for (const key of this.waiting) {
      if (this.active.size >= this.options.workers) return
      if (this.active.has(key)) continue
      this.waiting.delete(key)
      this.active.set(key, this.work(key))
    }
  }

  private async work(key: string): Promise<void> {
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
      if (!this.stopped) this.fill()
    }
  }

  private retryDelayMs(failures: number): number {
    const { firstRetryMs, longestRetryMs } = this.options
    const full = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(failures - 1, 20))
    return full * (0.75 + Math.random() / 4)
  }
}
