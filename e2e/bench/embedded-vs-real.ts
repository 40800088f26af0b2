import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findKubeAssets } from '#e2e/kube/assets.ts'
import { startKube } from '#e2e/kube/start-kube.ts'
import { startApiServer } from '#e2e/support/api-server.ts'
import { openKubeApi } from '#e2e/support/kube-api.ts'
import type { KubeApi } from '#e2e/support/kube-api.ts'
import { type Figure, median } from './statistics.ts'
import { benchMap, watchDelays } from './watch-delays.ts'

const MAPS = '/api/v1/namespaces/default/configmaps'
const PARALLEL = 16
const ROUNDS = 5
const PER_ROUND = 400
const LISTED = 5000
const LIST_ROUNDS = 7

/** Milliseconds that a round took. */
async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

async function inParallel(
  count: number,
  call: (index: number) => Promise<{ status: number }>,
): Promise<void> {
  let next = 0
  const loop = async () => {
    for (let index = next++; index < count; index = next++) {
      const { status } = await call(index)
      if (status >= 300) throw new Error(`answered ${status}`)
    }
  }
  await Promise.all(Array.from({ length: PARALLEL }, loop))
}

/** The same work on one server and then on the other, round by round, so that the machine's moods weigh on both. */
async function ratioOf(
  rounds: number,
  servers: readonly [KubeApi, KubeApi],
  work: (api: KubeApi, round: number) => Promise<void>,
): Promise<{ ratio: number; embeddedMs: number; realMs: number }> {
  const [embedded, real]: [number[], number[]] = [[], []]
  for (let round = -1; round < rounds; round++) {
    const times = [
      await timed(() => work(servers[0], round)),
      await timed(() => work(servers[1], round)),
    ] as const
    if (round < 0) continue
    embedded.push(times[0])
    real.push(times[1])
  }
  const [embeddedMs, realMs] = [median(embedded), median(real)]
  return { ratio: embeddedMs / realMs, embeddedMs, realMs }
}

async function compare(servers: readonly [KubeApi, KubeApi]): Promise<Figure[]> {
  const figure = (
    name: string,
    { ratio, embeddedMs, realMs }: Awaited<ReturnType<typeof ratioOf>>,
    per: number,
  ) => ({
    name: `embedded ÷ real API server: ${name}`,
    value: ratio,
    unit: '×',
    atMost: 1.2,
    note: `${(embeddedMs / per).toFixed(2)} ms ÷ ${(realMs / per).toFixed(2)} ms`,
  })
  const creates = await ratioOf(ROUNDS, servers, (api, round) =>
    inParallel(PER_ROUND, (index) => api.call('POST', MAPS, benchMap(`create-${round}-${index}`))),
  )
  const gets = await ratioOf(ROUNDS, servers, (api) =>
    inParallel(PER_ROUND, (index) => api.call('GET', `${MAPS}/create-0-${index}`)),
  )
  for (const api of servers) {
    await inParallel(LISTED, (index) =>
      api.call('POST', MAPS, benchMap(`listed-${index}`, { listed: 'yes' })),
    )
  }
  const lists = await ratioOf(LIST_ROUNDS, servers, async (api) => {
    const { body } = await api.call('GET', `${MAPS}?labelSelector=listed`)
    const { length } = (body as { items: unknown[] }).items
    if (length !== LISTED) throw new Error(`a list of ${length}`)
  })
  const [embeddedDelays, realDelays] = [
    await watchDelays(servers[0], MAPS),
    await watchDelays(servers[1], MAPS),
  ]
  const [embeddedMs, realMs] = [median(embeddedDelays), median(realDelays)]
  return [
    figure('create', creates, PER_ROUND),
    figure('get', gets, PER_ROUND),
    figure('list of 5,000', lists, 1),
    figure('write to watch event', { ratio: embeddedMs / realMs, embeddedMs, realMs }, 1),
  ]
}

/**
 * How long the embedded API server takes ÷ how long a real one does, for the same calls by the same client.
 * @returns nothing where there is no real one, having said why
 */
export async function benchEmbeddedVsReal(): Promise<Figure[]> {
  const assets = await findKubeAssets({ log: (line) => console.log(line) })
  if ('missing' in assets) {
    console.log(`embedded ÷ real API server: skipped: ${assets.missing}`)
    return []
  }
  const data = await mkdtemp(join(tmpdir(), 'bench-kube-'))
  const kube = await startKube(assets, { clusters: ['global'], data })
  const embedded = await startApiServer()
  const apis = [await openKubeApi(embedded.kubeconfig), await openKubeApi(kube.kubeconfig)] as const
  try {
    return await compare(apis)
  } finally {
    for (const api of apis) await api.close()
    await embedded[Symbol.asyncDispose]()
    await kube.stop()
    await rm(data, { recursive: true, force: true })
  }
}
