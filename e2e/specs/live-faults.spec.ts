import { spawn, type ChildProcess } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { join, resolve } from 'node:path'
import { type Page } from '@playwright/test'
import { startApiServer } from '#e2e/support/api-server.ts'
import { startCountingGateway } from '#e2e/support/counting-gateway.ts'
import { openEventReader, openEventReaders } from '#e2e/support/event-reader.ts'
import { readTrust } from '#e2e/support/kube-api.ts'
import { startConsole } from '#e2e/support/start-console.ts'
import { expect, test } from '#e2e/support/test.ts'

test.use({ instance: 'live-faults' })

// Consoles start and die in here; machines may do a lot else meanwhile.
test.describe.configure({ timeout: 240_000 })

const ROOT = resolve(import.meta.dirname, '../..')
const isChange = ({ type }: { type: string }) => type === 'change'

function badge(page: Page) {
  return page.getByRole('button', { name: 'Live', exact: true })
}

function lostBadge(page: Page) {
  return page.getByRole('button', { name: /^Not live/ })
}

/** A console in one process, that can be killed and stopped; on a given port, where a page stays open meanwhile. */
async function startProcess(kubeconfig: string, port = 0): Promise<{ url: string; child: ChildProcess }> {
  const args = [join(ROOT, 'scripts/start/main.ts'), '--port', String(port), '--kubeconfig', kubeconfig]
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] })
  const url = await new Promise<string>((done, fail) => {
    child.once('exit', (code) => fail(new Error(`the console ended with ${code}`)))
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [key, value] = line.split(' ', 2)
      if (key === 'console' && value !== undefined) done(value)
    })
  })
  return { url, child }
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = new Promise((done) => child.once('exit', done))
  child.kill('SIGKILL')
  await ended
}

test('a console that is killed and comes back: the page says so, then shows what changed meanwhile', async ({
  browser,
  console: platform,
  kubectl,
}) => {
  const first = await startProcess(platform.kubeconfig)
  const port = Number(new URL(first.url).port)
  const page = await browser.newPage()
  await page.goto(`${first.url}/marketplace/cluster-plugins?q=web-cli`)
  await expect(badge(page)).toBeVisible()
  await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }))

  await kill(first.child)
  await expect(lostBadge(page)).toBeVisible()
  await expect(lostBadge(page)).toHaveAccessibleName(/since \d/)
  const patch = JSON.stringify({ spec: { description: { en: 'changed while nobody looked' } } })
  await kubectl('patch', 'moduleplugin', 'web-cli', '--type', 'merge', '-p', patch)
  await expect(page.getByText('changed while nobody looked')).toBeHidden()

  const second = await startProcess(platform.kubeconfig, port)
  try {
    await expect(badge(page)).toBeVisible({ timeout: 30_000 })
    // It is never called live before it shows what is.
    await expect(page.getByText('changed while nobody looked')).toBeVisible({ timeout: 1 })
    expect(await page.evaluate(() => 'isSamePage' in globalThis)).toBe(true)
    await page.close()
  } finally {
    await kill(second.child)
  }
})

test('a console that is stopped in its tracks is noticed, and so is that it goes on', async ({
  browser,
  console: platform,
}) => {
  const running = await startProcess(platform.kubeconfig)
  const page = await browser.newPage()
  await page.goto(`${running.url}/clusters`)
  await expect(badge(page)).toBeVisible()
  running.child.kill('SIGSTOP')
  try {
    await expect(lostBadge(page)).toBeVisible({ timeout: 30_000 })
  } finally {
    running.child.kill('SIGCONT')
  }
  await expect(badge(page)).toBeVisible({ timeout: 30_000 })
  await page.close()
  await kill(running.child)
})

test('a cluster that goes away: the page says what is old, and is live again when the cluster is', async ({
  browser,
}) => {
  const server = await startApiServer()
  const { port } = new URL((await readTrust(server.kubeconfig)).server)
  const running = await startProcess(server.kubeconfig)
  const page = await browser.newPage()
  await page.goto(`${running.url}/marketplace/cluster-plugins`)
  await expect(badge(page)).toBeVisible()
  const notice = page.getByText('Not all of this is up to date')
  await expect(notice).toBeHidden()
  await server.kill()
  await expect(page.getByRole('button', { name: 'Partly live' })).toBeVisible({ timeout: 30_000 })
  await expect(notice).toBeVisible()
  await expect(
    page.getByText(/^global, ModuleInfo: last known|^global \(ModuleInfo\): last known/),
  ).toBeVisible()

  const again = await startApiServer({ dataDir: server.dataDir, port: Number(port) })
  await expect(badge(page)).toBeVisible({ timeout: 60_000 })
  await expect(notice).toBeHidden()
  await page.close()
  await kill(running.child)
  await again.stop()
  await rm(server.dataDir, { recursive: true, force: true })
})

test('a machine that slept: the page does not trust what it knew', async ({ page, kubectl }) => {
  await page.clock.install()
  const streams: string[] = []
  page.on('request', (one) => {
    if (new URL(one.url()).pathname === '/api/events') streams.push(one.url())
  })
  await page.goto('/marketplace/cluster-plugins?q=web-cli')
  await expect(badge(page)).toBeVisible()
  expect(streams).toHaveLength(1)
  await page.clock.fastForward('08:00:00')
  // A new stream, from where the old one stood.
  await expect.poll(() => streams.length).toBeGreaterThan(1)
  expect(streams.at(-1)).toContain('lastEventId=')
  await page.clock.runFor(2000)
  await expect(badge(page)).toBeVisible()
  const patch = JSON.stringify({ spec: { description: { en: 'after the sleep' } } })
  await kubectl('patch', 'moduleplugin', 'web-cli', '--type', 'merge', '-p', patch)
  await expect(page.getByText('after the sleep')).toBeVisible()
})

test('200 browsers at once: all greeted, all told, and no watch more than for one', async ({
  console: platform,
  kubectl,
}) => {
  const gateway = await startCountingGateway(platform.kubeconfig)
  const running = await startConsole(['--kubeconfig', gateway.kubeconfig])
  try {
    const one = await openEventReader(running.url)
    await one.hears(({ type }) => type === 'hello')
    const before = gateway.watches
    expect(before).toBeGreaterThan(0)
    const many = await openEventReaders(running.url, 200)
    expect(gateway.watches).toBe(before)
    await kubectl('annotate', 'moduleplugin', 'web-cli', 'e2e/told=all', '--overwrite')
    await Promise.all([one, ...many].map((reader) => reader.hears(isChange)))
    expect(gateway.watches).toBe(before)
    for (const reader of [one, ...many]) reader.close()
  } finally {
    await running.stop()
    await gateway.close()
  }
})

test('browsers that vanish or read slowly hold nobody up', async ({ console: { url }, kubectl }) => {
  const readers = await openEventReaders(url, 20)
  const [slow, ...others] = readers
  const gone = others.splice(0, 5)
  slow?.pause()
  for (const reader of gone) reader.close()
  for (let round = 0; round < 5; round += 1)
    await kubectl('annotate', 'moduleplugin', 'web-cli', `e2e/round=${round}`, '--overwrite')
  const ids = await Promise.all(others.map((reader) => reader.hears(isChange)))
  expect(ids).toHaveLength(14)

  // Who comes back with the last id it knows is told what it missed before it is greeted.
  const last = others[0]?.events.find(({ type }) => type === 'hello')?.id
  const back = await openEventReader(url, last)
  await back.hears(({ type }) => type === 'hello')
  expect(back.events.map(({ type }) => type)).toEqual(['change', 'hello'])
  slow?.resume()
  await slow?.hears(isChange)
  for (const reader of [...readers, back]) reader.close()
})
