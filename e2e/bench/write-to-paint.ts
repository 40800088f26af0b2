import { chromium, type Page } from '@playwright/test'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromiumLaunchOptions } from '#e2e/support/chromium.ts'
import { type KubeApi, openKubeApi } from '#e2e/support/kube-api.ts'
import type { Stage } from './stage.ts'
import { type Figure, median, percentile } from './statistics.ts'

const PATH = '/apis/cluster.alauda.io/v1alpha1/moduleplugins'
/** Writes go to the rows of one page in turns. */
const ROWS = 20
/** Numbers of earlier rounds stay on the page. */
const ROUND = 10_000

/** When the page had painted a number in a row, milliseconds since 1970; each row's numbers grow. */
type Painted = Record<string, { number: number; at: number }[]>

/** Notes each number that is painted. */
function watchPaints(): void {
  const painted: Painted = {}
  Object.assign(globalThis, { painted })
  const look = () => {
    const found: [string, number][] = []
    for (const row of document.querySelectorAll<HTMLElement>('[data-plugin]')) {
      const number = Number(/stage-(\d+)/.exec(row.innerText)?.[1] ?? Number.NaN)
      const known = (painted[row.dataset['plugin'] ?? ''] ??= [])
      if (number > (known.at(-1)?.number ?? -1)) found.push([row.dataset['plugin'] ?? '', number])
    }
    if (found.length === 0) return
    // The second frame begins after the first one, with this text in it, was painted.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        for (const [plugin, number] of found) painted[plugin]?.push({ number, at: Date.now() })
      }),
    )
  }
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
}

/**
 * Writes at a rate and tells how much later than a bare watcher's each number, or a newer one in its row, was painted.
 * @returns milliseconds, Infinity for what never came
 */
async function lateness(
  api: KubeApi,
  page: Page,
  received: ReadonlyMap<number, number>,
  plan: { first: number; writes: number; perSecond: number },
): Promise<number[]> {
  const numbers = Array.from({ length: plan.writes }, (_, index) => plan.first + index)
  const rowOf = (number: number) => `plugin-${String(number % ROWS).padStart(3, '0')}`
  const start = performance.now()
  await Promise.all(
    numbers.map(async (number, index) => {
      await sleep(Math.max(0, start + (index * 1000) / plan.perSecond - performance.now()))
      const mark = `stage-${number}`
      const { status } = await api.call(
        'PATCH',
        `${PATH}/${rowOf(number)}`,
        { metadata: { annotations: { 'bench/mark': mark } }, spec: { description: { en: mark, zh: mark } } },
        { 'content-type': 'application/merge-patch+json' },
      )
      if (status !== 200) throw new Error(`the write answered ${status}`)
    }),
  )
  let late: number[] = []
  // What is not there after ten seconds of quiet is lost.
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const painted = await page.evaluate(() => (globalThis as unknown as { painted: Painted }).painted)
    late = numbers.map((number) => {
      const shown = painted[rowOf(number)]?.find((paint) => paint.number >= number)
      return (shown?.at ?? Number.POSITIVE_INFINITY) - (received.get(number) ?? Number.NaN)
    })
    if (late.every(Number.isFinite)) break
    await sleep(200)
  }
  return late
}

/**
 * From a write to the API to its paint in a browser that shows the list, minus when a bare watcher received it, at one
 * event a second and at a hundred. All clocks are this machine's.
 */
export async function benchWriteToPaint(stage: Stage): Promise<Figure[]> {
  const { console: running, kubeconfig } = await stage.large()
  const api = await openKubeApi(kubeconfig)
  const browser = await chromium.launch(await chromiumLaunchOptions())
  const stop = new AbortController()
  const received = new Map<number, number>()
  const watching = api.watch(
    `${PATH}?watch=true`,
    ({ object }) => {
      const number = Number(/^stage-(\d+)$/.exec(object.metadata?.annotations?.['bench/mark'] ?? '')?.[1])
      if (!received.has(number)) received.set(number, Date.now())
    },
    stop.signal,
  )
  try {
    const page = await browser.newPage()
    await page.goto(`${running.url}/marketplace/cluster-plugins?cluster=global`)
    await page.getByRole('button', { name: 'Live', exact: true }).waitFor()
    await page.evaluate(watchPaints)
    const warmUp = { first: 0, writes: 20, perSecond: 20 }
    await lateness(api, page, received, warmUp)
    const slow = await lateness(api, page, received, { first: ROUND, writes: 20, perSecond: 1 })
    const fast = await lateness(api, page, received, { first: 2 * ROUND, writes: 1000, perSecond: 100 })
    const lost = [...slow, ...fast].filter((late) => !Number.isFinite(late)).length
    const name = 'write → paint minus a bare watcher'
    return [
      { name: `${name}, 1 a second, median`, value: median(slow), unit: 'ms' },
      { name: `${name}, 1 a second, p95`, value: percentile(slow, 0.95), unit: 'ms', atMost: 100 },
      { name: `${name}, 100 a second, median`, value: median(fast), unit: 'ms' },
      { name: `${name}, 100 a second, p95`, value: percentile(fast, 0.95), unit: 'ms', atMost: 200 },
      { name: 'writes that were never painted', value: lost, unit: '', atMost: 0 },
    ]
  } finally {
    stop.abort()
    await browser.close()
    await watching
    await api.close()
  }
}
