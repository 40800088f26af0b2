import { benchEmbeddedApi } from './embedded-api.ts'
import { benchEmbeddedVsReal } from './embedded-vs-real.ts'
import { benchGrowth } from './growth.ts'
import { benchForm } from './form.ts'
import { benchFormBytes } from './form-bytes.ts'
import { benchFormCost } from './form-cost.ts'
import { benchGateway } from './gateway.ts'
import { benchHeap } from './heap.ts'
import { benchMemory } from './memory.ts'
import { benchPageWeight } from './page-weight.ts'
import { benchPackages } from './packages.ts'
import { openStage, type Stage } from './stage.ts'
import { type Figure, figureLine } from './statistics.ts'
import { benchStreams } from './streams.ts'
import { benchTimeToContent } from './time-to-content.ts'
import { benchTransport } from './transport.ts'
import { benchWriteToPaint } from './write-to-paint.ts'

/** All groups of figures, in the order in which they run; `npm run bench -- NAME…` runs those alone. */
const GROUPS: Readonly<Record<string, (stage: Stage) => Promise<Figure[]>>> = {
  transport: benchTransport,
  heap: benchHeap,
  'embedded-api': benchEmbeddedApi,
  'embedded-vs-real': benchEmbeddedVsReal,
  growth: benchGrowth,
  gateway: benchGateway,
  memory: benchMemory,
  packages: benchPackages,
  'page-weight': benchPageWeight,
  form: benchForm,
  'form-bytes': benchFormBytes,
  'form-cost': benchFormCost,
  'time-to-content': benchTimeToContent,
  streams: benchStreams,
  'write-to-paint': benchWriteToPaint,
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in GROUPS))
if (unknown.length > 0) {
  console.error(`no such group: ${unknown.join(', ')}; there are ${Object.keys(GROUPS).join(', ')}`)
  process.exit(2)
}
const stage = openStage()
let missed = 0
try {
  for (const [name, bench] of Object.entries(GROUPS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    for (const figure of await bench(stage)) {
      console.log(figureLine(figure))
      if (figure.atMost !== undefined && !(figure.value <= figure.atMost)) missed += 1
    }
  }
} finally {
  await stage.stop()
}
console.log(missed === 0 ? 'all bounds kept' : `${missed} bounds missed`)
process.exitCode = missed === 0 ? 0 : 1
