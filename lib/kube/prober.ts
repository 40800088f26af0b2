import { sleep } from './clock.ts'
import type { Clock } from './clock.ts'
import { createListeners } from './listeners.ts'

/**
 * What came of one request: an answer below 500, none (or a gateway's word that nobody is behind it), or it could
 * not even be sent because there was no credential, which says nothing about the server.
 */
export type ProbeAnswer = 'answered' | 'unanswered' | 'unsent'

export interface Probe {
  isAlive: boolean
  /** When the request that was answered was sent, in `clock.elapsed()` milliseconds. */
  at: number
}

/** Tells a dead server from a quiet one, for everybody who listens to it. */
export interface Prober {
  /** Probes run while somebody listens; everybody hears about each one. Returns the way to stop. */
  onProbe(listener: (probe: Probe) => void): () => void
  /** Ends it for good. */
  stop(): void
}

export interface ProberOptions {
  /** Sends a GET on the probes' own connection, a new one if `isFresh`; an abort of `signal` is no answer. */
  send(path: string, options: { isFresh: boolean; signal: AbortSignal }): Promise<ProbeAnswer>
  /** Called each time when there was no answer, before the listeners. */
  onSilence(): void
  clock: Clock
  /** 0 ≤ x < 1 */
  random: () => number
}

/** Somewhere among these is a path that everybody may ask for; a refusal is an answer, too. */
const PATHS = ['/livez', '/version', '/api'] as const
/** Interval, an unanswered request and a second one: silence is noticed within 13 s. */
const INTERVAL_MS = 5000
const DEADLINE_MS = 4000

/**
 * Probes one server. A stopped process still has its TCP acknowledged by the kernel, so only a request that must be
 * answered notices it. No answer counts only when a second request, on a new connection, gets none either.
 */
export function createProber(options: ProberOptions): Prober {
  const { clock, random } = options
  const listeners = createListeners<Probe>()
  let count = 0
  let path = 0
  let running: AbortController | undefined
  let isStopped = false

  async function ask(isFresh: boolean, signal: AbortSignal): Promise<ProbeAnswer> {
    const controller = new AbortController()
    const onAbort = () => controller.abort()
    signal.addEventListener('abort', onAbort, { once: true })
    const cancel = clock.after(DEADLINE_MS, onAbort)
    try {
      return await options.send(PATHS[path] ?? PATHS[0], { isFresh, signal: controller.signal })
    } finally {
      cancel()
      signal.removeEventListener('abort', onAbort)
    }
  }

  async function probe(signal: AbortSignal): Promise<void> {
    let at = clock.elapsed()
    let answer = await ask(false, signal)
    if (answer === 'unanswered' && !signal.aborted) {
      path = (path + 1) % PATHS.length
      at = clock.elapsed()
      answer = await ask(true, signal)
    }
    if (signal.aborted || answer === 'unsent') return
    if (answer === 'unanswered') options.onSilence()
    listeners.tell({ isAlive: answer === 'answered', at })
  }

  async function run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await sleep(clock, INTERVAL_MS * (0.8 + 0.2 * random()), signal)
      if (!signal.aborted) await probe(signal)
    }
  }

  return {
    onProbe(listener) {
      const remove = listeners.add(listener)
      let isListening = true
      count += 1
      if (running === undefined && !isStopped) {
        running = new AbortController()
        void run(running.signal)
      }
      return () => {
        if (!isListening) return
        isListening = false
        remove()
        count -= 1
        if (count > 0) return
        running?.abort()
        running = undefined
      }
    },
    stop() {
      isStopped = true
      running?.abort()
      running = undefined
    },
  }
}
