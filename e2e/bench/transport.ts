import { measure } from './measure.ts'
import type { Figure } from './statistics.ts'

/** How many TLS connections the pooled client opens for a hundred calls in sequence. */
export async function benchTransport(): Promise<Figure[]> {
  const { calls, connections } = await measure<{ calls: number; connections: number }>(
    'lib/kube/bench/connections.ts',
    [100],
  )
  return [{ name: `TLS connections for ${calls} calls`, value: connections, unit: '', atMost: 2 }]
}
