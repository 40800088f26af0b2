import { measure } from './measure.ts'
import type { Figure } from './statistics.ts'

const SCRIPT = 'lib/kube/bench/heap.ts'
const COUNT = 10_000

interface Heap {
  bytes: number
  keepMs: number
}

/** What objects take in a cache, against the same parsed as they come from an API server with managedFields. */
export async function benchHeap(): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const how of ['created', 'applied']) {
    const parsed = await measure<Heap>(SCRIPT, [COUNT, how, 'parsed'])
    const kept = await measure<Heap>(SCRIPT, [COUNT, how, 'kept'])
    figures.push(
      { name: `heap, 10,000 ModuleInfos ${how}, parsed`, value: parsed.bytes / 2 ** 20, unit: 'MiB' },
      { name: `heap, 10,000 ModuleInfos ${how}, in a cache`, value: kept.bytes / 2 ** 20, unit: 'MiB' },
      {
        name: `heap, ModuleInfos ${how}, cache ÷ parsed`,
        value: kept.bytes / parsed.bytes,
        unit: '×',
        atMost: 0.35,
      },
      { name: `CPU to keep 10,000 ModuleInfos ${how}`, value: kept.keepMs, unit: 'ms' },
    )
  }
  return figures
}
