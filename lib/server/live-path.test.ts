import * as fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { testBrowser } from '#lib/browser/live/testing/test-browser.ts'
import type { TestStream, TestTab } from '#lib/browser/live/testing/test-browser.ts'
import type { LiveEvent, LiveTopic } from '#lib/contract/live.ts'
import { LiveHub } from './http/live-hub.ts'

const TOPICS: readonly LiveTopic[] = ['plugins', 'clusters', 'packages', 'session']
type Content = Record<LiveTopic, number>

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** The line between the console and one stream: what was sent waits until it is delivered, or is lost with the line. */
class Line {
  #sent = ''
  #isSlow = false
  isCut = false
  readonly stream: TestStream
  readonly #attachment: ReturnType<LiveHub['attach']>

  constructor(stream: TestStream, hub: LiveHub) {
    this.stream = stream
    this.#attachment = hub.attach(
      {
        caller: 'admin',
        write: (frame) => {
          this.#sent += frame.toString()
          return !this.#isSlow
        },
        end: () => this.cut(),
        drop: () => this.cut(),
      },
      stream.cursor ?? undefined,
    )
  }

  /** Nothing is taken from now on, or everything again. */
  slow(isSlow: boolean): void {
    this.#isSlow = isSlow
    if (!isSlow) this.#attachment.caughtUp()
  }

  /** Delivers so many events. */
  deliver(count = Number.POSITIVE_INFINITY): void {
    const texts = this.#sent.split('\n\n')
    const complete = texts.slice(0, Math.min(count, texts.length - 1))
    this.#sent = texts.slice(complete.length).join('\n\n')
    for (const text of complete) {
      const [, id = '', type = '', data = ''] = /^id: (.*)\nevent: (.*)\ndata: (.*)$/.exec(text) ?? []
      if (!this.stream.isOpen) return
      this.stream.cursor = id
      this.stream.handlers.onEvent({ ...(JSON.parse(data) as object), type } as LiveEvent, id)
    }
  }

  cut(): void {
    if (this.isCut) return
    this.isCut = true
    this.#attachment.detach()
    if (this.stream.isOpen) this.stream.handlers.onLost()
  }
}

/** A console and a browser, with everything that may go wrong between them. */
class World {
  content: Content = { plugins: 0, clusters: 0, packages: 0, session: 0 }
  hub: LiveHub | undefined = newHub()
  lines: Line[] = []
  tabs: { tab: TestTab; seen: Content; isAside: boolean }[] = []
  readonly browser = testBrowser({
    onStream: (stream) => {
      if (this.hub !== undefined) this.lines.push(new Line(stream, this.hub))
    },
    onEvent: (tab, event) => {
      if (event.type === 'change') this.read(tab, event.topics)
      if (event.type === 'reset') this.read(tab, TOPICS)
    },
    onBehind: (tab) => this.read(tab, TOPICS),
  })

  /** The earliest that a read may see: what was there when it was asked for. */
  read(tab: TestTab, topics: readonly LiveTopic[]): void {
    const view = this.tabs.find((one) => one.tab === tab)
    for (const topic of topics) if (view !== undefined) view.seen[topic] = this.content[topic]
  }

  change(topic: LiveTopic): void {
    this.content = { ...this.content, [topic]: this.content[topic] + 1 }
    this.hub?.changed(topic)
  }

  openTab(): void {
    if (this.hub === undefined) return
    const seen = { ...this.content }
    const { cursor } = this.hub
    // Nothing is read by the tab while it is opened: it comes with what was rendered.
    const view = { tab: undefined as unknown as TestTab, seen, isAside: false }
    this.tabs.push(view)
    const before = { ...seen }
    view.tab = this.browser.open(cursor)
    if (view.tab.behind > 0) view.seen = { ...this.content }
    else view.seen = before
  }

  restart(): void {
    this.hub?.close()
    this.hub = undefined
  }

  /** The console is there again; streams that are still wanted are opened anew. */
  comeBack(): void {
    this.hub ??= newHub()
    for (const stream of this.browser.openStreams())
      if (!this.lines.some((line) => line.stream === stream && !line.isCut))
        this.lines.push(new Line(stream, this.hub))
  }

  async settle(): Promise<void> {
    for (const view of this.tabs) {
      view.tab.isFrozen = false
      if (view.isAside) view.tab.client.start()
      view.isAside = false
    }
    for (let round = 0; round < 4; round += 1) {
      this.comeBack()
      for (const line of this.lines) if (!line.isCut) line.slow(false)
      await vi.advanceTimersByTimeAsync(5000)
      for (const line of this.lines) if (!line.isCut) line.deliver()
      this.browser.pass(5000)
    }
  }
}

function newHub(): LiveHub {
  return new LiveHub({ freshness: () => [], now: Date.now })
}

type Step = (world: World) => unknown

/** A step on one of several, by number; nothing where there is none. */
function on<T>(list: (world: World) => T[], act: (one: T, world: World) => void) {
  return (index: number): Step =>
    (world) => {
      const all = list(world)
      const one = all[index % Math.max(1, all.length)]
      if (one !== undefined) act(one, world)
    }
}

const openLines = (world: World) => world.lines.filter(({ isCut }) => !isCut)
const tabs = (world: World) => world.tabs

const flush: Step = async () => {
  await vi.advanceTimersByTimeAsync(15)
}
const note = fc.constantFrom(...TOPICS).map(
  (topic): Step =>
    (world) =>
      world.change(topic),
)
const change = fc.constantFrom(...TOPICS).map((topic): Step => async (world) => {
  world.change(topic)
  await flush(world)
})
const deliver = fc
  .tuple(fc.nat(9), fc.integer({ min: 1, max: 3 }))
  .map(([index, count]) => on(openLines, (line) => line.deliver(count))(index))
const cut = fc.nat(9).map(on(openLines, (line) => line.cut()))
const slow = fc
  .tuple(fc.nat(9), fc.boolean())
  .map(([index, isSlow]) => on(openLines, (line) => line.slow(isSlow))(index))
const reconnect = fc.constant<Step>((world) => world.comeBack())
const reset = fc.nat(9).map((index): Step => (world) => {
  on(openLines, (line) => line.cut())(index)(world)
  world.comeBack()
})
const restart = fc.constant<Step>((world) => world.restart())
const open = fc.constant<Step>((world) => world.openTab())
const close = fc.nat(9).map(
  on(tabs, (view, world) => {
    world.tabs = world.tabs.filter((one) => one !== view)
    view.tab.close()
  }),
)
const aside = fc.nat(9).map(
  on(tabs, (view) => {
    if (view.isAside) view.tab.client.start()
    else view.tab.client.stop()
    view.isAside = !view.isAside
  }),
)
const freeze = fc.nat(9).map(
  on(tabs, ({ tab }) => {
    tab.isFrozen = !tab.isFrozen
  }),
)
const wait = fc.integer({ min: 1, max: 30_000 }).map(
  (ms): Step =>
    (world) =>
      world.browser.pass(ms),
)
const step = fc.oneof(
  { weight: 8, arbitrary: change },
  { weight: 8, arbitrary: deliver },
  { weight: 4, arbitrary: reset },
  { weight: 4, arbitrary: slow },
  ...[note, fc.constant(flush), cut, reconnect, restart, open, close, aside, freeze, wait].map(
    (arbitrary) => ({ weight: 1, arbitrary }),
  ),
)

test('whatever happens to the line, the tabs and the console: in the end every tab has read the last change', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 80, size: 'max' }), async (steps) => {
      const world = new World()
      world.openTab()
      for (const act of steps) await act(world)
      await world.settle()
      for (const { tab, seen } of world.tabs) {
        expect(seen).toEqual(world.content)
        expect(tab.client.state.connection).toBe('open')
        expect(tab.client.state.cursor).toBe(world.hub?.cursor)
      }
      expect(world.browser.openStreams()).toHaveLength(world.tabs.length > 0 ? 1 : 0)
      world.hub?.close()
    }),
    { numRuns: 250 },
  )
}, 60_000)
