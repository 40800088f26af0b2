import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DEFAULT_PACKAGE_SETTINGS } from '#lib/packages/package-settings.ts'
import { newSteps, type UploadRecord } from './upload-record.ts'
import { UploadStore, type UploadLimits } from './upload-store.ts'

let dir: string
const opened: UploadStore[] = []

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'uploads-'))
})

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
  await rm(dir, { recursive: true })
})

async function open(limits: Partial<UploadLimits> = {}, now = Date.now): Promise<UploadStore> {
  const store = await UploadStore.open({
    dir,
    settings: DEFAULT_PACKAGE_SETTINGS,
    tell: () => undefined,
    limits,
    now,
  })
  opened.push(store)
  return store
}

function record(store: UploadStore, change: Partial<UploadRecord> = {}): UploadRecord {
  const now = new Date(store.now()).toISOString()
  return {
    id: store.newId(),
    by: 'admin',
    fileName: 'a.tgz',
    size: 10,
    lastModified: null,
    createdAt: now,
    changedAt: now,
    endedAt: null,
    state: 'uploading',
    steps: newSteps(),
    plugin: null,
    version: null,
    verification: null,
    changed: null,
    warnings: [],
    hasBlobs: false,
    ...change,
  }
}

test('what an earlier process was about is taken up where it can be', async () => {
  const first = await open()
  const half = await first.add(record(first), {})
  await writeFile(first.path(half), 'hello')
  const reading = await first.add(record(first, { state: 'reading' }), {})
  await writeFile(first.path(reading), 'helloworld')
  const publishing = await first.add(record(first, { state: 'publishing' }), {})
  const second = await open()
  const stands = (id: string) => {
    const upload = second.get(id)
    return [upload?.record.state, upload?.received]
  }
  expect(stands(half.record.id)).toEqual(['uploading', 5])
  expect(stands(reading.record.id)).toEqual(['uploading', 10])
  expect(stands(publishing.record.id)).toEqual(['inspected', 10])
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
