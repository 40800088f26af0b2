import { readFile } from 'node:fs/promises'
import { request } from 'undici'
import type { RunningConsole } from '#e2e/support/start-console.ts'
import type { Stage } from './stage.ts'
import type { Figure } from './statistics.ts'

/** Resident memory of a process in MiB (Linux). */
export async function residentMiB(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024
}

/** Resident memory of the console with few and with many objects in its caches, each after one look at the list. */
export async function benchMemory(stage: Stage): Promise<Figure[]> {
  const memoryOf = async ({ url, process }: RunningConsole): Promise<number> => {
    await (await request(`${url}/marketplace/cluster-plugins`)).body.dump()
    return residentMiB(process.pid ?? 0)
  }
  const few = await memoryOf(await stage.small())
  const { console, installations: objects } = await stage.large()
  const many = await memoryOf(console)
  return [
    { name: 'console, resident, first contents', value: few, unit: 'MiB' },
    { name: `console, resident, ${objects} installations`, value: many, unit: 'MiB' },
    { name: 'growth per 10,000 objects', value: ((many - few) / objects) * 10_000, unit: 'MiB' },
  ]
}
