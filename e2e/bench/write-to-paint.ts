import { chromium } from '@playwright/test'
import { chromiumLaunchOptions } from '#e2e/support/chromium.ts'
import { openKubeApi } from '#e2e/support/kube-api.ts'
import type { Stage } from './stage.ts'
import { type Figure, median, percentile } from './statistics.ts'

const WRITES = 60

/**
 * From a write to the API to its paint in a browser that shows the list, minus when a bare watcher received it.
 * All clocks are this machine's.
 */
export async function benchWriteToPaint(stage: Stage): Promise<Figure[]> {
  const { console: running, kubeconfig } = await stage.large()
  const api = await openKubeApi(kubeconfig)
  const browser = await chromium.launch(await chromiumLaunchOptions())
  const stop = new AbortController()
  try {
    const page = await browser.newPage()
    await page.goto(`${running.url}/marketplace/cluster-plugins?cluster=global&q=plugin-000`)
    await page.getByText('plugin-000', { exact: true }).first().waitFor()
    await page.evaluate(() => {
      const seen: Record<string, number> = {}
      Object.assign(globalThis, { seen })
      const look = () => {
        for (const [text] of document.body.innerText.matchAll(/stage-\d+/g)) {
          if (text in seen) continue
          seen[text] = 0
          // The second frame begins after the first one, with this text in it, was painted.
          requestAnimationFrame(() => requestAnimationFrame(() => (seen[text] = Date.now())))
        }
      }
      new MutationObserver(look).observe(document.body, {
        subtree: true,
        childList: true,
        characterData: true,
      })
    })
    const path = '/apis/cluster.alauda.io/v1alpha1/moduleplugins'
    const received = new Map<string, number>()
    const watching = api.watch(
      `${path}?watch=true`,
      ({ object }) => {
        const mark = object.metadata?.annotations?.['bench/mark']
        if (mark !== undefined && !received.has(mark)) received.set(mark, Date.now())
      },
      stop.signal,
    )
    const late: number[] = []
    for (let index = 0; index < WRITES; index++) {
      const mark = `stage-${index}`
      const patch = {
        metadata: { annotations: { 'bench/mark': mark } },
        spec: { description: { en: mark, zh: mark } },
      }
      const { status } = await api.call('PATCH', `${path}/plugin-000`, patch, {
        'content-type': 'application/merge-patch+json',
      })
      if (status !== 200) throw new Error(`the write answered ${status}`)
      const painted = await page.waitForFunction(
        (text) => (globalThis as unknown as { seen: Record<string, number> }).seen[text] || false,
        mark,
        { polling: 20, timeout: 10_000 },
      )
      late.push(Number(await painted.jsonValue()) - (received.get(mark) ?? Number.NaN))
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    stop.abort()
    await watching
    return [
      { name: 'write → paint minus a bare watcher, median', value: median(late), unit: 'ms' },
      {
        name: 'write → paint minus a bare watcher, p95',
        value: percentile(late, 0.95),
        unit: 'ms',
        atMost: 100,
      },
    ]
  } finally {
    stop.abort()
    await browser.close()
    await api.close()
  }
}
