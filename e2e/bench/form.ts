import { chromium, type Page } from '@playwright/test'
import { chromiumLaunchOptions } from '#e2e/support/chromium.ts'
import type { Stage } from './stage.ts'
import { type Figure, median } from './statistics.ts'

const SIZES = [10, 100, 300, 1000] as const
const ROUNDS = 7
/** What is typed, a letter more each time. */
const TYPED = Array.from({ length: 20 }, (_, index) => 'x'.repeat(index + 1))
const UI = 'urn:alm:descriptor:com.tectonic.ui:'
/** What real lists have, in turns. */
const KINDS = [
  ['text'],
  ['number'],
  ['booleanSwitch'],
  ['select:a', 'select:b'],
  ['text', 'validation:required'],
]
const PER_GROUP = 20

/** Descriptors of an ordinary plugin with that many controls, in groups, each of which a switch shows. */
function descriptorsOf(count: number): unknown[] {
  return Array.from({ length: count }, (_, index) => {
    const group = `g${Math.floor(index / PER_GROUP)}`
    const kinds = KINDS[index % KINDS.length] ?? []
    return {
      path: `${group}.f${index}`,
      displayName: `Field ${index}`,
      description: 'What it is for',
      'x-descriptors': [...kinds.map((kind) => UI + kind), `${UI}fieldGroup:${group}`],
    }
  })
}

/** Writes into an input as keys do, one text after the other; each is rendered and laid out before the next. */
function write(page: Page, selector: string, texts: readonly string[]): Promise<void> {
  return page.evaluate(
    async ([where, values]) => {
      const input = document.querySelector<HTMLInputElement>(where)
      if (input === null) throw new Error(`no ${where}`)
      // Past React, which then learns of it by the event.
      const property = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(input), 'value')
      for (const value of values) {
        property?.set?.call(input, value)
        input.dispatchEvent(new Event('input', { bubbles: true }))
        await new Promise((done) => setTimeout(done))
        document.body.getBoundingClientRect()
      }
    },
    [selector, texts] as const,
  )
}

/** Puts a form of that size into the playground. */
async function layOut(page: Page, count: number): Promise<void> {
  await write(page, 'textarea', [JSON.stringify(descriptorsOf(count))])
  const fields = await page.locator('[data-field]').count()
  if (fields !== count) throw new Error(`${fields} of ${count} fields are there`)
}

/**
 * Opens the form that is there anew, which compiles, renders and lays it out.
 * @returns milliseconds by the clock
 */
function openAnew(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const button = [...document.querySelectorAll('button')].find((one) => one.textContent === 'Start over')
    const before = document.querySelector('[data-field]')
    const start = performance.now()
    button?.click()
    // React renders in a microtask of the click.
    await Promise.resolve()
    document.body.getBoundingClientRect()
    const time = performance.now() - start
    if (before === null || before.isConnected) throw new Error('no form was opened')
    return time
  })
}

/**
 * How long a form of some sizes takes to open once its code is there, and how long a letter takes in it: processor
 * time of the page's main thread, on which other work of the machine does not count.
 */
export async function benchForm(stage: Stage): Promise<Figure[]> {
  const { url } = await stage.small()
  const browser = await chromium.launch(await chromiumLaunchOptions())
  try {
    const page = await browser.newPage()
    await page.goto(`${url}/gallery`)
    await page.getByRole('tab', { name: 'Playground' }).click()
    await page.locator('[data-field]').first().waitFor()
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    const cpuMs = async (): Promise<number> => {
      const { metrics } = await session.send('Performance.getMetrics')
      return (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? Number.NaN) * 1000
    }
    const timesOf = async (size: number) => {
      const opens: number[] = []
      const clock: number[] = []
      const keys: number[] = []
      await layOut(page, size)
      for (let round = 0; round <= ROUNDS; round++) {
        const start = await cpuMs()
        const open = await openAnew(page)
        const opened = await cpuMs()
        await write(page, '[data-field] input[type="text"]', TYPED)
        const typed = await cpuMs()
        // The first round warms up.
        if (round === 0) continue
        opens.push(opened - start)
        clock.push(open)
        keys.push((typed - opened) / TYPED.length)
      }
      return { open: median(opens), clock: median(clock), key: median(keys) }
    }
    const times = new Map<number, Awaited<ReturnType<typeof timesOf>>>()
    for (const size of SIZES) times.set(size, await timesOf(size))
    const of = (size: number) => times.get(size) ?? { open: Number.NaN, clock: Number.NaN, key: Number.NaN }
    return [
      ...SIZES.map((size) => ({
        name: `form of ${size} controls, open`,
        value: of(size).open,
        unit: 'ms CPU',
        note: `${of(size).clock.toFixed(0)} ms by the clock`,
      })),
      { name: 'form, open, 300 ÷ 10 controls', value: of(300).open / of(10).open, unit: '×', atMost: 15 },
      {
        name: 'form, open, 1,000 ÷ 100 controls',
        value: of(1000).open / of(100).open,
        unit: '×',
        atMost: 15,
      },
      ...SIZES.map((size) => ({
        name: `form of ${size} controls, a letter`,
        value: of(size).key,
        unit: 'ms CPU',
      })),
      {
        name: 'form, a letter, 1,000 ÷ 10 controls',
        value: of(1000).key / of(10).key,
        unit: '×',
        atMost: 20,
      },
    ]
  } finally {
    await browser.close()
  }
}
