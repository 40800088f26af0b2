import { openKubeApi } from '#e2e/support/kube-api.ts'
import { startApiServer } from '#e2e/support/api-server.ts'
import { type Figure, median, percentile } from './statistics.ts'
import { benchMap, watchDelays } from './watch-delays.ts'

const SECONDS = 2
const PARALLEL = 16

/** Calls `work` from `PARALLEL` loops for `SECONDS` and returns calls a second. */
async function rate(work: (index: number) => Promise<{ status: number }>): Promise<number> {
  const start = performance.now()
  const end = start + SECONDS * 1000
  let calls = 0
  await Promise.all(
    Array.from({ length: PARALLEL }, async () => {
      while (performance.now() < end) {
        const { status } = await work(calls++)
        if (status >= 300) throw new Error(`answered ${status}`)
      }
    }),
  )
  return calls / ((performance.now() - start) / 1000)
}

/** How many creates, gets and lists a second the embedded API answers, and how late a watcher hears of a write. */
export async function benchEmbeddedApi(): Promise<Figure[]> {
  const server = await startApiServer()
  const api = await openKubeApi(server.kubeconfig)
  const maps = '/api/v1/namespaces/default/configmaps'
  try {
    const creates = await rate((index) => api.call('POST', maps, benchMap(`bench-${index}`)))
    const gets = await rate((index) => api.call('GET', `${maps}/bench-${index % 100}`))
    const lists = await rate(() => api.call('GET', `${maps}?limit=50`))
    const delays = await watchDelays(api, maps)
    return [
      { name: 'embedded API: creates', value: creates, unit: '/s' },
      { name: 'embedded API: gets', value: gets, unit: '/s' },
      { name: 'embedded API: lists of 50', value: lists, unit: '/s' },
      { name: 'embedded API: write to watch event, median', value: median(delays), unit: 'ms' },
      { name: 'embedded API: write to watch event, p95', value: percentile(delays, 0.95), unit: 'ms' },
    ]
  } finally {
    await api.close()
    await server[Symbol.asyncDispose]()
  }
}
