import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { PackagePage } from '#lib/contract/package.ts'
import type { UploadView } from '#lib/contract/upload.ts'
import { uploadSlowly } from '#e2e/soak/slow-upload.ts'
import { chartPackage } from '#e2e/support/chart-package.ts'
import { openEventReader, type StreamEvent } from '#e2e/support/event-reader.ts'
import { HOSTILE_PACKAGES } from '#e2e/support/hostile-packages.ts'
import { packTgz, pluginPackage, pluginYaml } from '#e2e/support/package-builder.ts'
import { type RunningConsole, startConsole } from '#e2e/support/start-console.ts'
import { openUploadClient, type UploadClient } from '#e2e/support/upload-client.ts'

test.describe.configure({ timeout: 180_000 })

const AT_ONCE = 50
const VERSION = 'v1.0.0'
const MIB = 1024 * 1024
/** What fifty uploads at once may add to the console's memory. */
const GROWTH_BYTES = 256 * MIB
/** Packages that the console reads at the same time. */
const READ_AT_ONCE = 2
/** Each is a plugin of its own; the last is what objects inherit by. */
const NAMES = [...Array.from({ length: 14 }, (_, at) => `many-${at}`), 'constructor']

/** What the console takes for the system's temporary folder. */
let temporary: string
let running: RunningConsole
let client: UploadClient

test.beforeAll(async () => {
  test.setTimeout(120_000)
  temporary = await mkdtemp(join(tmpdir(), 'stress-'))
  running = await startConsole([], { env: { TMPDIR: temporary } })
  client = openUploadClient(running.url)
})

test.afterAll(async () => {
  await running.stop()
  await rm(temporary, { recursive: true, force: true })
})

async function residentBytes(): Promise<number> {
  const status = await readFile(`/proc/${running.process.pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1024
}

interface Sent {
  fileName: string
  bytes: Buffer
  /** Of the step that refuses it; absent for a good one. */
  code?: string
}

async function fifty(): Promise<Sent[]> {
  const hostile: Sent[] = []
  for (const { title, code, bytes } of HOSTILE_PACKAGES)
    hostile.push({ fileName: `<b>${title}.tgz`.replaceAll('/', ' '), code, bytes: await bytes() })
  const good: Sent[] = []
  for (const [at, name] of NAMES.entries()) {
    const plugin = { name, version: VERSION }
    const bytes =
      at % 2 === 0 ? await pluginPackage(plugin) : await chartPackage(plugin, { 'README.md': name })
    good.push({ fileName: name === 'constructor' ? '__proto__' : `${name}.tgz`, bytes })
  }
  // Two with the same content, one with other content under the same version; then the first ones once more.
  const twice = await pluginPackage({ name: 'twice', version: VERSION })
  const other = await pluginPackage({ name: 'twice', version: VERSION, spec: '  config: {other: true}' })
  good.push({ fileName: 'twice-a.tgz', bytes: twice }, { fileName: 'twice-b.tgz', bytes: twice })
  good.push({ fileName: 'twice-other.tgz', bytes: other })
  for (let at = 0; hostile.length + good.length < AT_ONCE; at++)
    good.push({ ...good[at]!, fileName: `again-${at}.tgz` })
  // The one kind among the other.
  const mixed: Sent[] = []
  while (hostile.length + good.length > 0) mixed.push(...hostile.splice(0, 1), ...good.splice(0, 1))
  return mixed
}

/** What was told of one upload, in order. */
function toldOf(events: readonly StreamEvent[], id: string): UploadView[] {
  return events.flatMap(({ type, data: told }) =>
    type === 'upload' && told['uploadId'] === id ? [told['upload'] as UploadView] : [],
  )
}

const stepOf = ({ steps }: UploadView, name: string) => steps.find((step) => step.name === name)?.state
const isReading = (view: UploadView) => view.state === 'reading' && stepOf(view, 'read') === 'running'

test('fifty uploads at once all end as they should, in turn, within bounds, and nothing is left', async () => {
  const sent = await fifty()
  expect(sent).toHaveLength(AT_ONCE)
  await client.settled((await client.upload('warm.tgz', sent[0]!.bytes)).id)
  const events = await openEventReader(running.url)
  const before = await residentBytes()
  let most = before
  const watching = setInterval(() => void residentBytes().then((now) => (most = Math.max(most, now))), 100)
  const ids = await Promise.all(
    sent.map(async ({ fileName, bytes }) => (await client.upload(fileName, bytes)).id),
  )
  const read = await Promise.all(ids.map((id) => client.settled(id)))
  for (const [at, { state, steps }] of read.entries()) {
    const { fileName, code } = sent[at]!
    const failed = steps.find((step) => step.state === 'failed')
    expect([fileName, state, failed?.verdict?.code]).toEqual([
      fileName,
      code === undefined ? 'inspected' : 'refused',
      code,
    ])
  }

  const good = ids.filter((_, at) => sent[at]!.code === undefined)
  await Promise.all(good.map((id) => client.publish(id)))
  const ended = await Promise.all(good.map((id) => client.settled(id)))
  clearInterval(watching)
  expect(most - before).toBeLessThan(GROWTH_BYTES)

  // Of two contents of one version the first wins; everything else is published, the second time with no change.
  const twice = ended.filter(({ fileName }) => fileName.startsWith('twice'))
  const lost = twice.filter(({ state }) => state === 'inspected')
  const isOther = ({ fileName }: UploadView) => fileName === 'twice-other.tgz'
  expect(lost.length > 0 && new Set(lost.map(isOther)).size === 1).toBe(true)
  expect(lost.length).toBe(isOther(lost[0]!) ? 1 : 2)
  for (const { steps } of lost)
    expect(steps.find(({ state }) => state === 'failed')?.verdict?.code).toBe('version-conflict')
  expect(ended.filter((view) => !lost.includes(view)).map(({ state }) => state)).toEqual(
    Array.from({ length: ended.length - lost.length }, () => 'published'),
  )
  for (const name of NAMES) {
    const ofPlugin = ended.filter(({ plugin }) => plugin === name)
    expect(ofPlugin.filter(({ changed }) => changed === true)).toHaveLength(1)
    const answer = await fetch(`${running.url}/api/packages?q=${name}`)
    const page = (await answer.json()) as PackagePage
    const versions = page.items.find(({ plugin }) => plugin === name)?.versions
    expect(versions?.map(({ version, isPublished }) => [version, isPublished])).toEqual([[VERSION, true]])
  }

  // Nothing that happened went untold, and the last that was told is how it is.
  for (const [at, id] of ids.entries()) {
    const told = toldOf(events.events, id)
    const states = told.map(({ state }) => state).filter((state, place, all) => state !== all[place - 1])
    const hasPublished = states.indexOf('publishing') !== -1
    const end = (await client.look(id)).state
    expect(told.at(-1)?.state, sent[at]!.fileName).toBe(end)
    expect(states.slice(0, 2)).toEqual(['uploading', 'reading'])
    expect(hasPublished).toBe(sent[at]!.code === undefined)
  }
  // Those that wait are told apart from those that are read, and are read in the order in which they came.
  const uploads = events.events.filter(({ type }) => type === 'upload').map(({ data: told }) => told)
  const views = uploads.map((told) => told['upload'] as UploadView)
  const firsts = (fits: (view: UploadView) => boolean) => [...new Set(views.filter(fits).map(({ id }) => id))]
  const came = firsts(({ state }) => state === 'reading')
  const inTurn = firsts(isReading)
  // A record takes a moment to be written before it is told of: neighbours may change places in what is told.
  for (const [place, id] of inTurn.entries()) expect(Math.abs(came.indexOf(id) - place)).toBeLessThan(8)
  const now = new Map<string, UploadView>()
  let waitingAtOnce = 0
  for (const view of views) {
    now.set(view.id, view)
    const all = [...now.values()].filter(({ state }) => state === 'reading')
    expect(all.filter(isReading).length).toBeLessThanOrEqual(READ_AT_ONCE)
    waitingAtOnce = Math.max(waitingAtOnce, all.length - all.filter(isReading).length)
  }
  expect(waitingAtOnce).toBeGreaterThan(0)
  events.close()

  for (const { id } of lost) await client.discard(id)
  const folder = join(running.dataDir, 'uploads')
  for (const id of await readdir(folder)) expect(await readdir(join(folder, id))).toEqual(['record.json'])
  expect(await readdir(temporary)).toEqual([])
  expect((await fetch(`${running.url}/api/healthz`)).status).toBe(200)
  expect(running.log()).not.toMatch(/unhandled rejection|failed:/)
})

test('a slow line that breaks twice: the upload goes on where it was (npm run test:soak does it for half an hour)', async () => {
  const bytes = await packTgz([
    ['res/resources.yaml', pluginYaml({ name: 'slow-demo', version: VERSION })],
    ['res/extra.bin', randomBytes(200_000)],
  ])
  const { detail, parts } = await uploadSlowly(running.url, bytes, { seconds: 6, cuts: [0.2, 0.5] })
  expect(detail.state).toBe('inspected')
  expect(parts.map(({ end }) => end)).toEqual(['cut', 'cut', 'done'])
  // What arrived before the breaks was not sent again.
  expect(parts.slice(1).every(({ offset }) => offset > 0)).toBe(true)
  expect(parts.reduce((sum, { bytes: length }) => sum + length, 0)).toBeLessThan(bytes.length * 1.5)
})
