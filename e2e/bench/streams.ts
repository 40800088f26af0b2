import { setTimeout as sleep } from 'node:timers/promises'
import { openEventReaders } from '#e2e/support/event-reader.ts'
import { startConsole } from '#e2e/support/start-console.ts'
import { startCountingGateway } from '#e2e/support/counting-gateway.ts'
import { residentMiB } from './memory.ts'
import { BENCH_ENV, type Stage } from './stage.ts'
import type { Figure } from './statistics.ts'

const FEW = 200
const MANY = 2000

/** What streams cost: watches on the API server with 1 and with 200 browsers, and memory for each that is open and idle. */
export async function benchStreams(stage: Stage): Promise<Figure[]> {
  const { kubeconfig } = await stage.large()
  const gateway = await startCountingGateway(kubeconfig)
  const running = await startConsole(['--kubeconfig', gateway.kubeconfig], { env: BENCH_ENV })
  const readers: Awaited<ReturnType<typeof openEventReaders>> = []
  const pid = running.process.pid ?? 0
  const open = async (count: number): Promise<number> => {
    readers.push(...(await openEventReaders(running.url, count - readers.length)))
    // What was needed only for connecting is given back meanwhile.
    await sleep(3000)
    return residentMiB(pid)
  }
  try {
    await open(1)
    const watchesOfOne = gateway.watches
    // Buffers and code that the first streams need are there for all.
    const before = await open(20)
    const few = await open(FEW)
    const watchesOfMany = gateway.watches
    const many = await open(MANY)
    return [
      { name: 'watches on the API server, 1 browser', value: watchesOfOne, unit: '' },
      {
        name: `watches on the API server, ${FEW} browsers`,
        value: watchesOfMany,
        unit: '',
        atMost: watchesOfOne,
      },
      { name: `memory an idle stream, ${FEW} streams`, value: kibEach(few - before, FEW - 20), unit: 'KiB' },
      {
        name: `memory an idle stream, ${MANY} streams`,
        value: kibEach(many - before, MANY - 20),
        unit: 'KiB',
      },
    ]
  } finally {
    for (const reader of readers) reader.close()
    await running.stop()
    await gateway.close()
  }
}

function kibEach(mebibytes: number, streams: number): number {
  return (mebibytes * 1024) / streams
}
