import type { ServerResponse } from 'node:http'
import { expect, onTestFinished, vi } from 'vitest'
import { CONFIG_MAP } from '#lib/kinds/core.ts'
import type { ConfigMap } from '#lib/kinds/core.ts'
import { createKubeClient } from '../http-kube-client.ts'
import type { CacheEvent, ObjectCache } from '../object-cache.ts'
import { createObjectCache } from '../watch-cache.ts'
import { startFaultServer } from './fault-server.ts'
import type { FaultServer, SeenRequest } from './fault-server.ts'
import { createManualClock } from './manual-clock.ts'
import type { ManualClock } from './manual-clock.ts'
import { createTinyKube } from './tiny-kube.ts'
import type { TinyKube } from './tiny-kube.ts'

export interface CacheWorld {
  kube: TinyKube
  server: FaultServer
  clock: ManualClock
  cache: ObjectCache<ConfigMap>
  events: CacheEvent<ConfigMap>[][]
  states: string[]
  /** `list` and `watch` from which version, in order. */
  asked: () => string[]
}

export type Fault = (request: SeenRequest, response: ServerResponse) => boolean

/**
 * A cache on a tiny API server, until the test ends. `fault` may answer in its place; `random` is 0.5, so that delays
 * are known.
 */
export async function startCache(
  options: { fault?: Fault; prepare?: (kube: TinyKube) => void } = {},
): Promise<CacheWorld> {
  const kube = createTinyKube()
  options.prepare?.(kube)
  const server = await startFaultServer((request, response) => {
    if (!options.fault?.(request, response)) kube.handle(request, response)
  })
  const clock = createManualClock()
  const client = createKubeClient(server.config(), {
    cluster: 'test',
    timeoutMs: 2000,
    maxEventBytes: 100_000,
  })
  const cache = createObjectCache(client, CONFIG_MAP, { clock, random: () => 0.5 })
  const events: CacheEvent<ConfigMap>[][] = []
  const states: string[] = []
  cache.onChange((batch) => events.push([...batch]))
  cache.onFreshness(({ state }) => states.push(state))
  onTestFinished(async () => {
    cache.stop()
    await client.close()
    await server.close()
  })
  const asked = () =>
    server.requests.map(({ query }) =>
      query.get('watch') ? `watch ${query.get('resourceVersion')}` : query.get('continue') ? 'page' : 'list',
    )
  return { kube, server, clock, cache, events, states, asked }
}

export function until(check: () => void): Promise<void> {
  return vi.waitFor(check, { interval: 2, timeout: 15_000 })
}

/** Waits until the reflector waits for `delay` milliseconds, and lets them pass; `first` happens before they do. */
export async function letPass(clock: ManualClock, delay: number, first?: () => void): Promise<void> {
  await until(() => expect(clock.pending()).toContain(delay))
  first?.()
  clock.advance(delay)
}

export function names(cache: ObjectCache<ConfigMap>): string[] {
  return cache
    .list()
    .map(({ metadata }) => metadata.name)
    .sort()
}

export const isWatch = ({ query }: SeenRequest) => query.get('watch') === 'true'
