import { setTimeout as sleep } from 'node:timers/promises'
import { startApiServer } from '#e2e/support/api-server.ts'
import { openKubeApi } from '#e2e/support/kube-api.ts'
import type { KubeApi } from '#e2e/support/kube-api.ts'
import { type Figure, growthExponent, median } from './statistics.ts'
import { benchMap } from './watch-delays.ts'

const MAPS = '/api/v1/namespaces/default/configmaps'
const SIZES = [1000, 10_000, 100_000]
const PARALLEL = 16
const PAGE = 50
const PAGES = 10
/** As reflectors list. */
const SYNC_PAGE = 500
const ROUNDS = 5
const REST_MS = 10

interface List {
  items: unknown[]
  metadata: { continue?: string }
}

async function list(api: KubeApi, query: string): Promise<List> {
  const { status, body } = await api.call('GET', `${MAPS}?${query}`)
  if (status !== 200) throw new Error(`a list answered ${status}`)
  return body as List
}

async function fill(api: KubeApi, size: number): Promise<void> {
  let next = 0
  const loop = async () => {
    for (let index = next++; index < size; index = next++) {
      const { status } = await api.call('POST', MAPS, benchMap(`map-${index}`))
      if (status !== 201) throw new Error(`a create answered ${status}`)
    }
  }
  await Promise.all(Array.from({ length: PARALLEL }, loop))
}

/** Milliseconds of each of some pages in a row. */
async function pageTimes(api: KubeApi): Promise<number[]> {
  const times: number[] = []
  let token = ''
  for (let page = 0; page < PAGES; page++) {
    const start = performance.now()
    const { items, metadata } = await list(api, `limit=${PAGE}${token === '' ? '' : `&continue=${token}`}`)
    times.push(performance.now() - start)
    if (items.length !== PAGE) throw new Error(`a page of ${items.length}`)
    token = metadata.continue ?? ''
  }
  return times
}

/** Milliseconds of each page until everything has been read. */
async function syncTimes(api: KubeApi, expected: number): Promise<number[]> {
  const times: number[] = []
  let [token, count]: [string | undefined, number] = ['', 0]
  while (token !== undefined) {
    // A process that has just worked for long is made to wait for others; each page starts from rest.
    await sleep(REST_MS)
    const start = performance.now()
    const page: List = await list(api, `limit=${SYNC_PAGE}${token === '' ? '' : `&continue=${token}`}`)
    times.push(performance.now() - start)
    count += page.items.length
    token = page.metadata.continue
  }
  if (count !== expected) throw new Error(`a sync of ${count}, not ${expected}`)
  return times
}

/** Each page of a sync at its fastest: a short one may find the machine idle, a long one never would. */
function fastestSync(syncs: readonly (readonly number[])[]): number {
  const pages = syncs[0] ?? []
  return pages.reduce((sum, _, page) => sum + Math.min(...syncs.map((times) => times[page] ?? Infinity)), 0)
}

/** A server that holds `size` objects. */
async function startGrown(size: number) {
  const server = await startApiServer({ clusters: 'global' })
  const api = await openKubeApi(server.kubeconfig)
  await fill(api, size)
  const stop = async () => {
    await api.close()
    await server[Symbol.asyncDispose]()
  }
  return { size, api, stop, pages: [] as number[], syncs: [] as number[][] }
}

/**
 * How the time of a page of 50 and of reading everything grows from 1,000 to 100,000 objects on the embedded server:
 * the exponent e of time ~ objects^e, fitted over three sizes. Each size has a server of its own, and they are asked in
 * turns, for the machine has other things to do.
 */
export async function benchGrowth(): Promise<Figure[]> {
  const grown: Awaited<ReturnType<typeof startGrown>>[] = []
  try {
    for (const size of SIZES) grown.push(await startGrown(size))
    for (let round = -1; round < ROUNDS; round++)
      for (const { api, size, pages, syncs } of grown) {
        const times = await pageTimes(api)
        const sync = await syncTimes(api, size)
        if (round < 0) continue
        pages.push(...times)
        syncs.push(sync)
      }
  } finally {
    await Promise.all(grown.map(({ stop }) => stop()))
  }
  const span = `${SIZES[0]?.toLocaleString('en')} to ${SIZES.at(-1)?.toLocaleString('en')} objects`
  const figure = (name: string, times: readonly number[], atMost: number): Figure => ({
    name: `growth of ${name}, ${span}`,
    value: growthExponent(SIZES, times),
    unit: 'exp',
    atMost,
    note: `${times[0]?.toFixed(1)} ms → ${times.at(-1)?.toFixed(1)} ms`,
  })
  return [
    figure(
      `a page of ${PAGE}`,
      grown.map(({ pages }) => median(pages)),
      0.2,
    ),
    figure(
      'a full sync',
      grown.map(({ syncs }) => fastestSync(syncs)),
      1.1,
    ),
  ]
}
