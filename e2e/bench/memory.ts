import { readFile } from 'node:fs/promises'
import type { Figure } from './statistics.ts'

/** Resident memory of a process in MiB (Linux). */
async function residentMiB(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024
}

/** Resident memory of the console with few and with many objects in its caches. */
export async function benchMemory(small: number, large: number, objects: number): Promise<Figure[]> {
  const few = await residentMiB(small)
  const many = await residentMiB(large)
  return [
    { name: 'console, resident, first contents', value: few, unit: 'MiB' },
    { name: `console, resident, ${objects} installations`, value: many, unit: 'MiB' },
    { name: 'growth per 10,000 objects', value: ((many - few) / objects) * 10_000, unit: 'MiB' },
  ]
}
