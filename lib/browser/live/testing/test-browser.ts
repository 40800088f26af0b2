import type { LiveEvent } from '#lib/contract/live.ts'
import { LiveClient } from '../live-client.ts'
import type { StreamHandlers, TabMessage } from '../live-client.ts'

export interface TestStream {
  cursor: string | null
  handlers: StreamHandlers
  isOpen: boolean
}

/** A tab as a test sees it. */
export interface TestTab {
  client: LiveClient
  events: LiveEvent[]
  /** How often it was told to read everything. */
  behind: number
  /** Frozen by the browser without a word: messages wait, timers stand. */
  isFrozen: boolean
  close: () => void
}

interface Candidate {
  lead: () => () => void
  end?: () => void
}

/** One lock of a browser: the first in line has it, and it can be stolen. */
class Lock {
  #holder: Candidate | undefined
  #waiting: Candidate[] = []

  readonly elect = (lead: () => () => void, force: boolean): (() => void) => {
    const candidate: Candidate = { lead }
    const robbed = force ? this.#holder : undefined
    if (robbed !== undefined) {
      robbed.end?.()
      delete robbed.end
      this.#waiting.push(robbed)
      this.#holder = undefined
    }
    if (force) this.#waiting.unshift(candidate)
    else this.#waiting.push(candidate)
    this.#grant()
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== candidate)
      if (this.#holder !== candidate) return
      candidate.end?.()
      this.#holder = undefined
      this.#grant()
    }
  }

  #grant(): void {
    if (this.#holder !== undefined) return
    this.#holder = this.#waiting.shift()
    if (this.#holder !== undefined) this.#holder.end = this.#holder.lead()
  }
}

/**
 * Tabs of one browser, with one lock and one channel.
 * @param options.openStream what to tell about a new stream; by default it is only noted in `streams`
 */
export function testBrowser(
  options: {
    onStream?: (stream: TestStream) => void
    whenRead?: (tab: TestTab) => Promise<void>
    onEvent?: (tab: TestTab, event: LiveEvent) => void
    onBehind?: (tab: TestTab) => void
  } = {},
) {
  const clock = { wall: 1_000_000, steady: 0 }
  const tabs = new Set<TestTab>()
  const streams: TestStream[] = []
  const lock = new Lock()
  /** What was said to each tab and waits while it is frozen. */
  const inbox = new Map<TestTab, TabMessage[]>()
  const hear = (tab: TestTab): void => {
    const messages = inbox.get(tab) ?? []
    if (!tab.isFrozen) for (const message of messages.splice(0)) tab.client.receive(message)
  }

  const openStream = (cursor: string | null, handlers: StreamHandlers) => {
    const open = (from: string | null): TestStream => {
      const stream = { cursor: from, handlers, isOpen: true }
      streams.push(stream)
      options.onStream?.(stream)
      return stream
    }
    let stream = open(cursor)
    const close = () => {
      stream.isOpen = false
    }
    return {
      close,
      renew: () => {
        close()
        stream = open(stream.cursor)
      },
    }
  }

  const open = (cursor: string | null): TestTab => {
    const tab: TestTab = {
      events: [],
      behind: 0,
      isFrozen: false,
      close: () => {},
      client: undefined as never,
    }
    tab.client = new LiveClient({
      cursor,
      clocks: { wall: () => clock.wall, steady: () => clock.steady },
      post: (message) => {
        for (const other of tabs) {
          if (other === tab) continue
          inbox.get(other)?.push(structuredClone(message))
          hear(other)
        }
      },
      openStream,
      elect: lock.elect,
      onEvent: (event) => {
        tab.events.push(event)
        options.onEvent?.(tab, event)
      },
      onBehind: () => {
        tab.behind += 1
        options.onBehind?.(tab)
      },
      whenRead: () => options.whenRead?.(tab) ?? Promise.resolve(),
    })
    inbox.set(tab, [])
    tab.close = () => {
      tabs.delete(tab)
      tab.client.stop()
    }
    tabs.add(tab)
    tab.client.start()
    return tab
  }
  return {
    open,
    streams,
    openStreams: () => streams.filter(({ isOpen }) => isOpen),
    /** Lets time pass; `steadyMs` less of it where the machine slept. All tabs that run look at their clocks. */
    pass: (wallMs: number, steadyMs = wallMs) => {
      clock.wall += wallMs
      clock.steady += steadyMs
      for (const tab of tabs) hear(tab)
      for (const tab of tabs) if (!tab.isFrozen) tab.client.tick(true)
    },
    now: () => clock.wall,
  }
}
