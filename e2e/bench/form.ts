import { chromium, type Page } from '@playwright/test'
import { chromiumLaunchOptions } from '#e2e/support/chromium.ts'
import type { Stage } from './stage.ts'
import { type Figure, median } from './statistics.ts'

const SIZES = [10, 100, 300, 1000] as const
const ROUNDS = 7
const KEYS = 9
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

/**
 * Writes into an input as a key does and waits until the page has taken it: rendered and laid out.
 * @returns milliseconds
 */
function write(page: Page, selector: string, text: string): Promise<number> {
  return page.evaluate(
    async ([where, value]) => {
      const input = document.querySelector<HTMLInputElement>(where)
      if (input === null) throw new Error(`no ${where}`)
      // As a person's key does it: past React, which then learns of it by the event.
      const property = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(input), 'value')
      const start = performance.now()
      property?.set?.call(input, value)
      input.dispatchEvent(new Event('input', { bubbles: true }))
      await Promise.resolve()
      document.body.getBoundingClientRect()
      return performance.now() - start
    },
    [selector, text] as const,
  )
}

/** Puts a form of that size into the playground. */
async function layOut(page: Page, count: number): Promise<void> {
  await write(page, 'textarea', JSON.stringify(descriptorsOf(count)))
  const fields = await page.locator('[data-field]').count()
  if (fields !== count) throw new Error(`${fields} of ${count} fields are there`)
}

/**
 * Opens the form that is there anew, which compiles, renders and lays it out.
 * @returns milliseconds
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
 * How long a form of some sizes takes to open once its code is there, and how long a letter takes in it. Sizes take
 * turns, so that whatever else the machine does weighs on all of them.
 */
export async function benchForm(stage: Stage): Promise<Figure[]> {
  const { url } = await stage.small()
  const browser = await chromium.launch(await chromiumLaunchOptions())
  try {
    const page = await browser.newPage()
    await page.goto(`${url}/gallery`)
    await page.getByRole('tab', { name: 'Playground' }).click()
    await page.locator('[data-field]').first().waitFor()
    const opens = new Map<number, number[]>(SIZES.map((size) => [size, []]))
    const keys = new Map<number, number[]>(SIZES.map((size) => [size, []]))
    for (let round = 0; round <= ROUNDS; round++)
      for (const size of SIZES) {
        await layOut(page, size)
        const open = await openAnew(page)
        const typed: number[] = []
        for (let key = 1; key <= KEYS; key++)
          typed.push(await write(page, '[data-field] input[type="text"]', 'x'.repeat(key)))
        // The first round warms up.
        if (round === 0) continue
        opens.get(size)?.push(open)
        keys.get(size)?.push(median(typed))
      }
    const open = (size: number) => median(opens.get(size) ?? [])
    const key = (size: number) => median(keys.get(size) ?? [])
    return [
      ...SIZES.map((size) => ({ name: `form of ${size} controls, open`, value: open(size), unit: 'ms' })),
      { name: 'form, open, 300 ÷ 10 controls', value: open(300) / open(10), unit: '×', atMost: 45 },
      { name: 'form, open, 1,000 ÷ 100 controls', value: open(1000) / open(100), unit: '×', atMost: 20 },
      ...SIZES.map((size) => ({ name: `form of ${size} controls, a letter`, value: key(size), unit: 'ms' })),
      { name: 'form, a letter, 1,000 ÷ 10 controls', value: key(1000) / key(10), unit: '×', atMost: 40 },
    ]
  } finally {
    await browser.close()
  }
}
