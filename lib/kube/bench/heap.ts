import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import { createObjectKeeper } from '../object-keeper.ts'
import { createObjectStore } from '../object-store.ts'
import { parseList } from '../parse-object.ts'
import { moduleInfoText } from './module-info-text.ts'

/**
 * Run as `node --expose-gc heap.ts <count> <created|applied> <parsed|kept>`: prints as JSON how many bytes of heap
 * that many ModuleInfos take, parsed as they come or as a cache keeps them, and the CPU time of keeping in milliseconds.
 */
const PAGE = 500
const [, , argument, how, as] = process.argv
const count = Number(argument)
const isKept = as === 'kept'
const { gc } = globalThis
if (gc === undefined || !(count > 0))
  throw new Error('usage: node --expose-gc heap.ts <count> <created|applied> <parsed|kept>')

const held: unknown[] = []
const store = createObjectStore<ModuleInfo>()
const keep = createObjectKeeper<ModuleInfo>()
const items: ModuleInfo[] = []
let keepMs = 0
gc()
const before = process.memoryUsage().heapUsed
for (let from = 0; from < count; from += PAGE) {
  const texts = Array.from({ length: Math.min(PAGE, count - from) }, (_, index) =>
    moduleInfoText(from + index, how === 'applied'),
  )
  const answer: unknown = JSON.parse(`{"metadata":{},"items":[${texts.join(',')}]}`)
  const page = parseList(answer, MODULE_INFO).items
  if (!isKept) held.push(...page)
  else {
    const startedAt = process.cpuUsage()
    for (const item of page) items.push(keep(item))
    const { user, system } = process.cpuUsage(startedAt)
    keepMs += (user + system) / 1000
  }
}
if (isKept) store.replace(items.splice(0), '1')
gc()
gc()
const bytes = process.memoryUsage().heapUsed - before
console.log(JSON.stringify({ bytes, keepMs, objects: isKept ? store.list().length : held.length }))
