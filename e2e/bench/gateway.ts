import { Agent } from 'undici'
import type { Dispatcher } from 'undici'
import { readTrust } from '#e2e/support/kube-api.ts'
import type { Stage } from './stage.ts'
import { type Figure, median } from './statistics.ts'

const ROUNDS = 24
const ROUND_MS = 250
const PARALLEL = 8
const API = '/apis/cluster.alauda.io/v1alpha1'

/** A bare pooled client's loop: GETs as fast as the other side answers. Returns milliseconds a call. */
async function timePerCall(agent: Dispatcher, origin: string, path: string, token: string): Promise<number> {
  const start = performance.now()
  const end = start + ROUND_MS
  let calls = 0
  await Promise.all(
    Array.from({ length: PARALLEL }, async () => {
      while (performance.now() < end) {
        const { statusCode, body } = await agent.request({
          origin,
          path,
          method: 'GET',
          headers: { authorization: `Bearer ${token}` },
        })
        const text = await body.text()
        if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}: ${text}`)
        calls += 1
      }
    }),
  )
  return (performance.now() - start) / calls
}

/** Milliseconds a call on both ways, and their ratio, in turns: whatever else the machine does weighs on both. */
async function compare(direct: () => Promise<number>, through: () => Promise<number>) {
  const bare: number[] = []
  const proxied: number[] = []
  for (let round = -1; round < ROUNDS; round += 1) {
    const times = [await direct(), await through()] as const
    // The first round is for warming up.
    if (round < 0) continue
    bare.push(times[0])
    proxied.push(times[1])
  }
  const ratios = proxied.map((time, round) => time / (bare[round] ?? Number.NaN))
  return { bare: median(bare), proxied: median(proxied), ratio: median(ratios) }
}

/**
 * A GET through the console's gateway ÷ the same GET on a bare pooled client, eight at a time: of a page as kubectl lists
 * it, and of one small object, where the embedded API server takes less time than a second hop through the kernel does.
 */
export async function benchGateway(stage: Stage): Promise<Figure[]> {
  const { console: running, kubeconfig } = await stage.large()
  const { server, token, ca } = await readTrust(kubeconfig)
  const bareAgent = new Agent({ connections: PARALLEL, connect: { ca } })
  const agent = new Agent({ connections: PARALLEL })
  const both = (path: string) =>
    compare(
      () => timePerCall(bareAgent, server, path, token),
      () => timePerCall(agent, running.url, `/kubernetes/global${path}`, token),
    )
  try {
    const page = await both(`${API}/moduleinfoes?limit=500`)
    const object = await both(`${API}/moduleplugins/plugin-000`)
    return [
      { name: 'GET of 500 objects on a bare pooled client', value: page.bare, unit: 'ms' },
      { name: 'GET of 500 objects through the gateway', value: page.proxied, unit: 'ms' },
      { name: 'proxied GET ÷ bare GET, 500 objects', value: page.ratio, unit: '×', atMost: 1.3 },
      { name: 'proxied GET ÷ bare GET, one small object', value: object.ratio, unit: '×' },
    ]
  } finally {
    await Promise.all([bareAgent.close(), agent.close()])
  }
}
