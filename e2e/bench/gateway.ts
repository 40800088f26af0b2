import { Agent } from 'undici'
import type { Dispatcher } from 'undici'
import { readTrust } from '#e2e/support/kube-api.ts'
import type { Stage } from './stage.ts'
import { type Figure, median } from './statistics.ts'

const ROUNDS = 24
const ROUND_MS = 250
const PARALLEL = 8
const PATH = '/apis/cluster.alauda.io/v1alpha1/moduleplugins/plugin-000'

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

/**
 * A GET through the console's gateway ÷ the same GET on a bare pooled client, eight at a time. The two take turns, so
 * that whatever else the machine does weighs on both.
 */
export async function benchGateway(stage: Stage): Promise<Figure[]> {
  const { console: running, kubeconfig } = await stage.large()
  const { server, token, ca } = await readTrust(kubeconfig)
  const bareAgent = new Agent({ connections: PARALLEL, connect: { ca } })
  const agent = new Agent({ connections: PARALLEL })
  const bare: number[] = []
  const proxied: number[] = []
  try {
    for (let round = -1; round < ROUNDS; round += 1) {
      const direct = await timePerCall(bareAgent, server, PATH, token)
      const through = await timePerCall(agent, running.url, `/kubernetes/global${PATH}`, token)
      // The first round is for warming up.
      if (round < 0) continue
      bare.push(direct)
      proxied.push(through)
    }
  } finally {
    await Promise.all([bareAgent.close(), agent.close()])
  }
  const ratios = proxied.map((time, round) => time / (bare[round] ?? Number.NaN))
  return [
    { name: 'GET on a bare pooled client', value: median(bare), unit: 'ms' },
    { name: 'GET through the gateway', value: median(proxied), unit: 'ms' },
    {
      name: 'proxied GET ÷ bare GET, time a call at 8 in parallel',
      value: median(ratios),
      unit: '×',
      atMost: 1.3,
    },
  ]
}
