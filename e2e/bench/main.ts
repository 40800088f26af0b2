import { startConsole } from '#e2e/support/start-console.ts'
import { benchEmbeddedApi } from './embedded-api.ts'
import { benchEmbeddedVsReal } from './embedded-vs-real.ts'
import { benchGrowth } from './growth.ts'
import { benchHeap } from './heap.ts'
import { startLargePlatform } from './large-platform.ts'
import { benchMemory } from './memory.ts'
import { benchPageWeight } from './page-weight.ts'
import { type Figure, figureLine } from './statistics.ts'
import { benchTimeToContent } from './time-to-content.ts'
import { benchTransport } from './transport.ts'
import { benchWriteToPaint } from './write-to-paint.ts'

/** A build with one page more: an empty one, to measure against. */
const env = { BENCH_PAGES: '1' }

const missed: Figure[] = []

function report(figures: readonly Figure[]): void {
  for (const figure of figures) {
    console.log(figureLine(figure))
    if (figure.atMost !== undefined && !(figure.value <= figure.atMost)) missed.push(figure)
  }
}

report(await benchTransport())
report(await benchHeap())
report(await benchEmbeddedApi())
report(await benchEmbeddedVsReal())
report(await benchGrowth())

const small = await startConsole([], { env })
const large = await startLargePlatform()
const console500 = await startConsole(['--kubeconfig', large.kubeconfig], { env })
try {
  report(await benchMemory(small, console500, large.installations))
  report(await benchPageWeight(small.url))
  report(await benchTimeToContent(console500.url))
  report(await benchWriteToPaint(console500.url, large.kubeconfig))
} finally {
  await console500.stop()
  await small.stop()
  await large.stop()
}
console.log(missed.length === 0 ? 'all bounds kept' : `${missed.length} bounds missed`)
process.exitCode = missed.length === 0 ? 0 : 1
