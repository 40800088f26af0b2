import { Agent, request } from 'undici'
import type { Stage } from './stage.ts'
import { type Figure, median } from './statistics.ts'

const ROUNDS = 60

/**
 * Time until the server has answered the list page of a large platform whole ÷ the same for an empty page.
 * The two are asked in turns, so that whatever else the machine does weighs on both.
 */
export async function benchTimeToContent(stage: Stage): Promise<Figure[]> {
  const origin = (await stage.large()).console.url
  const agent = new Agent({ connections: 1 })
  const timeOf = async (path: string): Promise<number> => {
    const start = performance.now()
    const { statusCode, body } = await request(origin + path, { dispatcher: agent })
    const html = await body.text()
    if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}`)
    if (path !== '/empty' && !html.includes('plugin-000')) throw new Error(`${path} came without its rows`)
    return performance.now() - start
  }
  const list: number[] = []
  const empty: number[] = []
  for (let round = 0; round < ROUNDS + 10; round++) {
    const times = [await timeOf('/marketplace/cluster-plugins'), await timeOf('/empty')] as const
    if (round < 10) continue
    list.push(times[0])
    empty.push(times[1])
  }
  await agent.close()
  const ratio = median(list) / median(empty)
  return [
    { name: 'server time to content, 500 plugins × 20 clusters', value: median(list), unit: 'ms' },
    { name: 'server time to content, empty page', value: median(empty), unit: 'ms' },
    { name: 'list page ÷ empty page', value: ratio, unit: '×', atMost: 2 },
  ]
}
