import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DEFAULT_PACKAGE_SETTINGS } from '#lib/packages/package-settings.ts'
import { newSteps, newUploadRecord, type UploadRecord } from './upload-record.ts'
import { UploadStore, type LiveUpload, type UploadLimits } from './upload-store.ts'

let dir: string
const opened: UploadStore[] = []

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'uploads-'))
})

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
  await rm(dir, { recursive: true })
})

async function open(
  limits: Partial<UploadLimits> = {},
  now = Date.now,
  tell: (upload: LiveUpload, isNews: boolean) => void = () => undefined,
): Promise<UploadStore> {
  const store = await UploadStore.open({ dir, settings: DEFAULT_PACKAGE_SETTINGS, tell, limits, now })
  opened.push(store)
  return store
}

function record(store: UploadStore, change: Partial<UploadRecord> = {}): UploadRecord {
  const what = { id: store.newId(), by: 'admin', fileName: 'a.tgz', size: 10, lastModified: null }
  return { ...newUploadRecord(what, new Date(store.now())), ...change }
}

test('what an earlier process was about is taken up where it can be', async () => {
  const first = await open()
  const half = await first.add(record(first), {})
  await writeFile(first.path(half), 'hello')
  const reading = await first.add(record(first, { state: 'reading' }), {})
  await writeFile(first.path(reading), 'helloworld')
  const steps = newSteps().map((step) =>
    step.name === 'push' ? { ...step, state: 'running' as const } : step,
  )
  const publishing = await first.add(record(first, { state: 'publishing', steps }), {})
  const second = await open()
  const stands = (id: string) => {
    const upload = second.get(id)
    return [upload?.record.state, upload?.received]
  }
  expect(stands(half.record.id)).toEqual(['uploading', 5])
  expect(stands(reading.record.id)).toEqual(['uploading', 10])
  expect(stands(publishing.record.id)).toEqual(['inspected', 10])
  const states = second.get(publishing.record.id)?.record.steps.map(({ name, state }) => `${name} ${state}`)
  expect(states).toContain('push failed')
})

test('folders without a sound record go; what is none of ours stays', async () => {
  const broken = 'a'.repeat(32)
  await mkdir(join(dir, broken))
  await writeFile(join(dir, broken, 'record.json'), '{"id":')
  await mkdir(join(dir, 'b'.repeat(32)))
  await mkdir(join(dir, 'somebody'))
  const store = await open()
  expect(store.list()).toEqual([])
  expect(await readdir(dir)).toEqual(['somebody'])
})

test('what nobody goes on with is thrown away, but not forgotten', async () => {
  let now = Date.now()
  const store = await open({ keptMs: 1000 }, () => now)
  const upload = await store.add(record(store), { checksum: Buffer.from('x') })
  await writeFile(store.path(upload), 'hello')
  now += 500
  await store.sweep()
  expect(upload.record.state).toBe('uploading')
  now += 1000
  await store.sweep()
  expect(upload.record.state).toBe('cancelled')
  expect(await readdir(store.folder(upload))).toEqual(['record.json'])
})

test('only so many of those that are over are remembered, the latest', async () => {
  let now = Date.now()
  const store = await open({ history: 2 }, () => now)
  const ids: string[] = []
  for (let count = 0; count < 4; count += 1) {
    now += 1000
    const upload = await store.add(record(store), {})
    ids.push(upload.record.id)
    await store.end(upload, { state: 'refused' })
  }
  expect(store.list().map(({ record: { id } }) => id)).toEqual([ids[3], ids[2]])
  expect(new Set(await readdir(dir))).toEqual(new Set([ids[2], ids[3]]))
})

test('what a killed process had yet to throw away goes at the next start', async () => {
  const first = await open()
  const ended = await first.add(record(first, { state: 'published', endedAt: '2026-01-01T00:00:00Z' }), {})
  const inspected = await first.add(record(first, { state: 'inspected' }), {})
  for (const upload of [ended, inspected])
    for (const name of ['package.tgz', 'contents.json', 'record.json.new'])
      await writeFile(first.path(upload, name), 'x')
  const second = await open()
  expect(await readdir(second.folder(ended))).toEqual(['record.json'])
  expect(await readdir(second.folder(inspected))).not.toContain('package.tgz')
})

test('progress is told a few times a second, and the last of it always', async () => {
  const told: [number | undefined, boolean][] = []
  const store = await open({}, Date.now, ({ progress }, isNews) => told.push([progress?.doneBytes, isNews]))
  const upload = await store.add(record(store), {})
  for (let doneBytes = 0; doneBytes < 100; doneBytes++)
    store.progress(upload, { artifact: '', doneBytes, totalBytes: 100 })
  await expect.poll(() => told.at(-1)).toEqual([99, false])
  expect(told.length).toBeLessThan(5)
})

test('reading does not wait for what is published, and each keeps its order', async () => {
  const store = await open({ parallel: 1 })
  const order: string[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  const publishing = store.run.publish(() => promise.then(() => void order.push('published')))
  const names = ['first', 'second', 'third']
  await Promise.all(names.map((name) => store.run.read(() => Promise.resolve(void order.push(name)))))
  resolve()
  await publishing
  expect(order).toEqual([...names, 'published'])
})

/** A file that takes nothing, as on a full disk: full(4). */
describe.runIf(existsSync('/dev/full'))('on a full disk', () => {
  test('nothing is added, and nothing stays of it', async () => {
    const store = await open()
    const one = record(store)
    await mkdir(join(dir, one.id))
    await symlink('/dev/full', join(dir, one.id, 'record.json.new'))
    await expect(store.add(one, {})).rejects.toMatchObject({ code: 'ENOSPC' })
    expect([store.list(), await readdir(dir)]).toEqual([[], []])
  })

  test('what happens counts, and is written once there is room', async () => {
    const told: string[] = []
    const store = await open({}, Date.now, ({ record: { state } }) => told.push(state))
    const upload = await store.add(record(store), {})
    const written = async () =>
      (JSON.parse(await readFile(store.path(upload, 'record.json'), 'utf8')) as UploadRecord).state
    // A folder where the new record would be written refuses as a full disk does, and longer.
    await mkdir(store.path(upload, 'record.json.new/x'), { recursive: true })
    await store.change(upload, { state: 'reading' })
    expect([await written(), told.at(-1)]).toEqual(['uploading', 'reading'])
    await rm(store.path(upload, 'record.json.new'), { recursive: true })
    await expect.poll(written, { timeout: 10_000 }).toBe('reading')
  })

  test('throwing an upload away makes the room for its record', async () => {
    const store = await open()
    const upload = await store.add(record(store), { checksum: Buffer.from('x') })
    await symlink('/dev/full', store.path(upload, 'record.json.new'))
    await store.end(upload, { state: 'cancelled' })
    expect(await readdir(store.folder(upload))).toEqual(['record.json'])
    expect(await readFile(store.path(upload, 'record.json'), 'utf8')).toContain('"cancelled"')
  })
})
