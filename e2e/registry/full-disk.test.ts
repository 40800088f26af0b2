import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, open, readdir, readFile, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { UploadDetail } from '#lib/contract/upload.ts'
import { openEventReader, type EventReader } from '#e2e/support/event-reader.ts'
import { type RunningConsole, startConsole } from '#e2e/support/start-console.ts'
import { openUploadClient, ProblemAnswer, type UploadClient } from '#e2e/support/upload-client.ts'
import { imageOf, ociLayout } from '#lib/packages/testing/oci-blobs.ts'
import { packEntries, pluginYaml, type TestEntry } from '#lib/packages/testing/pack-entries.ts'
import { ociPackage } from './made-packages.ts'

const MIB = 1024 * 1024
const DISK_BYTES = 100 * MIB
/** Nobody listens there: blobs are kept to be pushed, and nothing ever is. */
const REGISTRY = { REGISTRY_ADDRESS: '127.0.0.1:1', REGISTRY_PLAIN: 'true' }

const isRoot = process.platform === 'linux' && process.getuid?.() === 0
if (!isRoot) console.log('only root may mount a small disk: skipping the tests of a full one')

let dir: string
let disk: string
let running: RunningConsole
let client: UploadClient
let events: EventReader

async function start(): Promise<void> {
  running = await startConsole([], {
    dataDir: join(dir, 'data'),
    env: { ...REGISTRY, UPLOADS_DIR: disk },
  })
  client = openUploadClient(running.url)
  events = await openEventReader(running.url)
}

/** Takes all of the disk but so many bytes. */
async function leaveFree(bytes: number): Promise<void> {
  await using file = await open(join(disk, 'filler'), 'a')
  for (;;) {
    const { bavail, bsize } = await statfs(disk)
    const more = Math.min(MIB, bavail * bsize - bytes)
    if (more <= 0) return
    await file.write(Buffer.alloc(more))
  }
}
const makeRoom = () => rm(join(disk, 'filler'))

/** What stands against a request. */
async function problemOf(asked: Promise<unknown>) {
  const error: unknown = await asked.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(ProblemAnswer)
  return (error as ProblemAnswer).problem
}

const NO_SPACE = { status: 507, code: 'no-space' }
const failed = ({ steps }: UploadDetail) => steps.find(({ state }) => state === 'failed')
const filesOf = async (id: string) => (await readdir(join(disk, id))).toSorted()
const recordOf = async (id: string) =>
  (JSON.parse(await readFile(join(disk, id, 'record.json'), 'utf8')) as { state: string }).state

describe.runIf(isRoot)('a full disk', () => {
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'full-disk-'))
    disk = join(dir, 'disk')
    await mkdir(disk)
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', disk])
    await start()
  }, 120_000)

  // The last thing, whatever comes of the others.
  afterAll(async () => {
    execFileSync('umount', [disk])
    await rm(dir, { recursive: true, force: true })
  })
  afterAll(async () => {
    events.close()
    await running.stop()
    expect(running.log()).not.toMatch(/unhandled rejection|failed:/)
  })

  test('what has no room is refused before any of it is sent', async () => {
    const before = await readdir(disk)
    expect(await problemOf(client.begin({ fileName: 'a.tgz', size: DISK_BYTES }))).toMatchObject(NO_SPACE)
    // What others were promised counts as taken.
    const { id } = await client.begin({ fileName: 'a.tgz', size: 20 * MIB })
    expect(await problemOf(client.begin({ fileName: 'b.tgz', size: 20 * MIB }))).toMatchObject(NO_SPACE)
    await client.discard(id)
    expect((await readdir(disk)).filter((name) => name !== id)).toEqual(before)
  })

  test('while a package is stored: it says so, and goes on from there', async () => {
    const bytes = await packEntries([
      ['res/resources.yaml', pluginYaml()],
      ['res/extra.bin', randomBytes(3 * MIB)],
    ])
    const { id } = await client.begin({ fileName: 'store.tgz', size: bytes.length })
    await leaveFree(MIB)
    expect(await problemOf(client.send(id, bytes))).toMatchObject(NO_SPACE)
    const stopped = await client.look(id)
    expect(stopped.state).toBe('uploading')
    expect(failed(stopped)).toMatchObject({ name: 'receive', verdict: { code: 'no-space' } })
    expect(stopped.received).toBeGreaterThan(0)
    expect(stopped.received).toBeLessThanOrEqual(MIB)
    await events.hears(
      ({ type, data }) =>
        type === 'upload' && data['uploadId'] === id && failed(data['upload'] as UploadDetail) !== undefined,
    )
    // More of it, while there is no room, is no different.
    const rest = bytes.subarray(stopped.received)
    expect(await problemOf(client.send(id, rest, stopped.received))).toMatchObject(NO_SPACE)
    await makeRoom()
    const { received } = await client.look(id)
    await client.send(id, bytes.subarray(received), received)
    expect(await client.settled(id)).toMatchObject({ state: 'inspected' })
    await client.discard(id)
    expect(await filesOf(id)).toEqual(['record.json'])
  })

  test('while a package is unpacked: it is kept whole, others are read, and it is read again', async () => {
    const layers = imageOf('x'.repeat(8 * MIB), { os: 'linux', architecture: 'amd64' })
    const bytes = await ociPackage({ 'ait/unpack:v1': layers }, { name: 'unpack' })
    const small = await packEntries([['res/resources.yaml', pluginYaml().replaceAll('demo', 'small')]])
    const { id } = await client.begin({ fileName: 'unpack.tgz', size: bytes.length })
    const other = await client.begin({ fileName: 'small.tgz', size: small.length })
    await leaveFree(2 * MIB)
    await client.send(id, bytes)
    const stopped = await client.settled(id)
    expect(stopped).toMatchObject({ state: 'uploading', received: bytes.length })
    expect(failed(stopped)).toMatchObject({ name: 'read', verdict: { code: 'no-space' } })
    expect(await filesOf(id)).toEqual(['package.tgz', 'record.json'])
    await client.send(other.id, small)
    expect(await client.settled(other.id)).toMatchObject({ state: 'inspected', plugin: 'small' })
    // Asked again too early it says the same again.
    await client.send(id, Buffer.alloc(0), bytes.length)
    expect(failed(await client.settled(id))?.verdict?.code).toBe('no-space')
    await makeRoom()
    await client.send(id, Buffer.alloc(0), bytes.length)
    expect(await client.settled(id)).toMatchObject({ state: 'inspected', plugin: 'unpack' })
    expect(await filesOf(id)).toEqual(['blobs', 'contents.json', 'record.json'])
    await client.discard(id)
    await client.discard(other.id)
  })

  test('while its record is written: what happens counts, is written later, and a start needs no room', async () => {
    const entries = (name: string): TestEntry[] => [
      ['res/resources.yaml', pluginYaml().replaceAll('demo', name)],
    ]
    const inspected = async (name: string) => {
      const { id } = await client.upload(`${name}.tgz`, await packEntries(entries(name)))
      expect(await client.settled(id)).toMatchObject({ state: 'inspected' })
      return id
    }
    const published = await inspected('published')
    const withBlobs = await packEntries([
      ...entries('refused'),
      ...ociLayout('res/registry', [
        ['ait/refused:v1', imageOf('x', { os: 'linux', architecture: 'amd64' })],
      ]),
      ['res/artifacts.txt', 'ait/refused:v1'],
    ])
    const { id: kept } = await client.upload('kept.tgz', withBlobs)
    await client.settled(kept)
    await leaveFree(0)
    const before = await readdir(disk)
    expect(await problemOf(client.begin({ fileName: 'a.tgz', size: 10 }))).toMatchObject(NO_SPACE)
    expect(await readdir(disk)).toEqual(before)
    await client.publish(published)
    expect(await client.settled(published)).toMatchObject({ state: 'published', changed: true })
    // What it leaves behind makes room for its own record.
    await expect.poll(() => recordOf(published)).toBe('published')
    expect(await filesOf(published)).toEqual(['record.json'])

    await leaveFree(0)
    const ended = once(running.process, 'exit')
    events.close()
    running.process.kill('SIGKILL')
    await ended
    await start()
    expect(await client.look(kept)).toMatchObject({ state: 'inspected', plugin: 'refused' })
    await makeRoom()
    await client.discard(kept)
    expect(await filesOf(kept)).toEqual(['record.json'])
    expect((await client.list()).every(({ state }) => ['published', 'cancelled'].includes(state))).toBe(true)
  })
})
