import * as fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { CONFIG_MAP } from '#lib/kinds/core.ts'
import type { ConfigMap } from '#lib/kinds/core.ts'
import { createKubeClient } from './http-kube-client.ts'
import type { CacheEvent } from './object-cache.ts'
import { createFastClock } from './testing/fast-clock.ts'
import { sendStatus, startFaultServer } from './testing/fault-server.ts'
import type { FaultServer } from './testing/fault-server.ts'
import { createTinyKube } from './testing/tiny-kube.ts'
import type { TinyKube } from './testing/tiny-kube.ts'
import { createObjectCache } from './watch-cache.ts'

/** A thousand times as fast as ours. */
const FAST_CLOCK = createFastClock(1000)

interface World {
  kube: TinyKube
  server: FaultServer
  /** Statuses that the next requests get instead of an answer. */
  faults: number[]
}

type Step = (world: World) => void

/** What a broken watch may say. */
const GARBAGE = [
  '{"type":"ADD\n',
  '{"type":"ADDED","object":{"kind":"Secret","metadata":{"name":"a"}}}\n',
  '{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired"}}\n',
  '{"type":"ERROR","object":{"kind":"Status","code":500}}\n',
  'x'.repeat(20_000),
]

const name = fc.constantFrom('a', 'b', 'c', 'd', 'e')
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: name.map(
      (name): Step =>
        ({ kube }) =>
          kube.put(name, { at: String(kube.version) }),
    ),
  },
  {
    weight: 3,
    arbitrary: name.map(
      (name): Step =>
        ({ kube }) =>
          kube.remove(name),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Step>(({ kube }) => kube.bookmark()) },
  { weight: 1, arbitrary: fc.constant<Step>(({ kube }) => kube.compact()) },
  { weight: 1, arbitrary: fc.constant<Step>(({ kube }) => kube.endWatches()) },
  { weight: 1, arbitrary: fc.constant<Step>(({ server }) => server.cut()) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...GARBAGE).map(
      (text): Step =>
        ({ kube }) =>
          kube.writeToWatches(text),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Step>(({ kube }) => kube.loseWatches()) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(400, 403, 404, 410, 422, 429, 500, 503, 504).map(
      (code): Step =>
        ({ faults }) =>
          faults.push(code),
    ),
  },
)

function contentOf(objects: Iterable<ConfigMap>): Map<string, string | undefined> {
  return new Map([...objects].map(({ metadata }) => [metadata.name, metadata.resourceVersion]))
}

/** What somebody who only hears the events believes; checks on the way that no row goes back in time. */
function replay(events: readonly CacheEvent<ConfigMap>[]): Map<string, string | undefined> {
  const rows = new Map<string, string | undefined>()
  for (const { type, object, previous } of events) {
    const { name, resourceVersion } = object.metadata
    expect(previous?.metadata.resourceVersion).toBe(rows.get(name))
    if (type === 'modified') expect(Number(resourceVersion)).toBeGreaterThan(Number(rows.get(name)))
    if (type === 'deleted') rows.delete(name)
    else rows.set(name, resourceVersion)
  }
  return rows
}

test('whatever happens, the cache comes to hold what the server holds, and its events tell the same', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('served' as const, 'refused' as const, 'ignored' as const),
      fc.array(fc.tuple(step, fc.nat({ max: 4 })), { minLength: 5, maxLength: 30 }),
      async (streams, steps) => {
        const kube = createTinyKube(streams)
        const faults: number[] = []
        const server = await startFaultServer(
          (request, response) => {
            const fault = faults.shift()
            if (fault === undefined) kube.handle(request, response)
            else sendStatus(response, fault, 'Fault')
          },
          undefined,
          { handlesStreamedLists: true },
        )
        const client = createKubeClient(server.config(), { cluster: 'test', maxEventBytes: 10_000 })
        const cache = createObjectCache(client, CONFIG_MAP, { clock: FAST_CLOCK })
        const events: CacheEvent<ConfigMap>[] = []
        const revisions = [0]
        cache.onChange((batch) => {
          events.push(...batch)
          revisions.push(cache.revision)
        })
        try {
          for (const [run, pauseMs] of steps) {
            run({ kube, server, faults })
            if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs - 1))
          }
          await vi.waitFor(
            () => {
              expect(contentOf(cache.list())).toEqual(contentOf(kube.objects()))
              expect(cache.freshness.state).toBe('live')
            },
            { interval: 2, timeout: 20_000 },
          )
          expect(replay(events)).toEqual(contentOf(cache.list()))
          expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b))
        } finally {
          cache.stop()
          await client.close()
          await server.close()
        }
      },
    ),
    { numRuns: 60 },
  )
}, 120_000)
