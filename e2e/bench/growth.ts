import { startApiServer } from '#e2e/support/api-server.ts'
import { openKubeApi } from '#e2e/support/kube-api.ts'
import type { KubeApi } from '#e2e/support/kube-api.ts'
import { type Figure, growthExponent, median } from './statistics.ts'
import { benchMap } from './watch-delays.ts'

const MAPS = '/api/v1/namespaces/default/configmaps'
const SIZES = [1000, 3162, 10_000, 31_623, 100_000]
const PARALLEL = 16
const PAGE = 50
const PAGES = 60
/** As reflectors list. */
const SYNC_PAGE = 500
const SYNCS = 3

interface List {
  items: unknown[]
  metadata: { continue?: string }
}

async function list(api: KubeApi, query: string): Promise<List> {
  const { status, body } = await api.call('GET', `${MAPS}?${query}`)
  if (status !== 200) throw new Error(`a list answered ${status}`)
  return body as List
}

async function grow(api: KubeApi, from: number, to: number): Promise<void> {
  let next = from
  const loop = async () => {
    for (let index = next++; index < to; index = next++) {
      const { status } = await api.call('POST', MAPS, benchMap(`map-${index}`))
      if (status !== 201) throw new Error(`a create answered ${status}`)
    }
  }
  await Promise.all(Array.from({ length: PARALLEL }, loop))
}

/** Milliseconds of a page, the first one and those that follow it in turn. */
async function pageMs(api: KubeApi): Promise<number> {
  const times: number[] = []
  let token = ''
  for (let page = -5; page < PAGES; page++) {
    const start = performance.now()
    const { items, metadata } = await list(api, `limit=${PAGE}${token === '' ? '' : `&continue=${token}`}`)
    if (page >= 0) times.push(performance.now() - start)
    if (items.length === 0) throw new Error('an empty page')
    token = page % 10 === 9 ? '' : (metadata.continue ?? '')
  }
  return median(times)
}

/** Milliseconds until everything has been read, page by page. */
async function syncMs(api: KubeApi, expected: number): Promise<number> {
  const times: number[] = []
  for (let sync = 0; sync < SYNCS; sync++) {
    const start = performance.now()
    let [token, count]: [string | undefined, number] = ['', 0]
    while (token !== undefined) {
      const page: List = await list(api, `limit=${SYNC_PAGE}${token === '' ? '' : `&continue=${token}`}`)
      count += page.items.length
      token = page.metadata.continue
    }
    times.push(performance.now() - start)
    if (count !== expected) throw new Error(`a sync of ${count}, not ${expected}`)
  }
  return median(times)
}

/**
 * How the time of a page of 50 and of reading everything grows from 1,000 to 100,000 objects on the embedded server:
 * the exponent e of time ~ objects^e, fitted over five sizes.
 */
export async function benchGrowth(): Promise<Figure[]> {
  const server = await startApiServer({ clusters: 'global' })
  const api = await openKubeApi(server.kubeconfig)
  const pages: number[] = []
  const syncs: number[] = []
  try {
    let size = 0
    for (const next of SIZES) {
      await grow(api, size, next)
      size = next
      pages.push(await pageMs(api))
      syncs.push(await syncMs(api, size))
    }
  } finally {
    await api.close()
    await server[Symbol.asyncDispose]()
  }
  const from = SIZES[0]?.toLocaleString('en') ?? ''
  const to = SIZES.at(-1)?.toLocaleString('en') ?? ''
  const note = (times: readonly number[]) => `${times[0]?.toFixed(1)} ms → ${times.at(-1)?.toFixed(1)} ms`
  return [
    {
      name: `growth of a page of ${PAGE}, ${from} to ${to} objects`,
      value: growthExponent(SIZES, pages),
      unit: 'exp',
      atMost: 0.2,
      note: note(pages),
    },
    {
      name: `growth of a full sync, ${from} to ${to} objects`,
      value: growthExponent(SIZES, syncs),
      unit: 'exp',
      atMost: 1.1,
      note: note(syncs),
    },
  ]
}
