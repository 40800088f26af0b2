import { once } from 'node:events'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { UploadDetail } from '#lib/contract/upload.ts'
import { type RunningConsole, startConsole } from '#e2e/support/start-console.ts'
import { openUploadClient, type UploadClient } from '#e2e/support/upload-client.ts'
import { ociPackage, twoPlatforms } from './made-packages.ts'
import { publishedState } from './published-state.ts'
import { openPublishStage, type PublishStage } from './stage.ts'

const MIB = 1024 * 1024
const VERSION = 'v1.0.0'
const KILLS = 3

let stage: PublishStage
let running: RunningConsole
let client: UploadClient
let dataDir: string

async function start(): Promise<void> {
  running = await startConsole(['--kubeconfig', stage.kubeconfig], {
    dataDir,
    env: { REGISTRY_CA_FILE: join(stage.registry.certDir, 'ca.crt'), TMPDIR: join(dataDir, 'tmp') },
  })
  client = openUploadClient(running.url)
}

async function killAndStart(): Promise<void> {
  const ended = once(running.process, 'exit')
  running.process.kill('SIGKILL')
  await ended
  await start()
}

beforeAll(async () => {
  stage = await openPublishStage()
  dataDir = join(stage.dir, 'console')
  await mkdir(join(dataDir, 'tmp'), { recursive: true })
  await start()
}, 120_000)

afterAll(async () => {
  await running.stop()
  await stage.stop()
})

/** Everything below an upload's folder. */
async function filesOf(id: string): Promise<string[]> {
  const found = await readdir(join(dataDir, 'uploads', id), { recursive: true, withFileTypes: true })
  return found.filter((one) => one.isFile()).map(({ name }) => name)
}

async function timed<T>(work: () => Promise<T>): Promise<{ milliseconds: number; result: T }> {
  const started = performance.now()
  const result = await work()
  return { milliseconds: performance.now() - started, result }
}

/** A random moment in each round's own part of the whole, as a share of it. */
const momentOf = (round: number) => (round - 1 + Math.random()) / KILLS

/** What an inspected upload says of its package. */
const told = ({ contents, plugin, version, warnings, state }: UploadDetail) => {
  expect(state).toBe('inspected')
  return { contents, plugin, version, warnings }
}

test(
  'killed while it reads a package, the console reads it again at its next start',
  { timeout: 240_000 },
  async () => {
    const bytes = await ociPackage({ 'ait/read:v1': twoPlatforms('read', 4 * MIB) }, { name: 'read' })
    const { id: wholeId } = await client.upload('whole.tgz', bytes)
    const whole = await timed(() => client.settled(wholeId))
    const { result } = whole
    const files = (await filesOf(result.id)).toSorted()
    await client.discard(result.id)
    let cut = 0
    for (let round = 1; round <= KILLS; round++) {
      const { id, received } = await client.upload(`${round}.tgz`, bytes)
      expect(received).toBe(bytes.length)
      await delay(momentOf(round) * whole.milliseconds)
      cut += (await client.look(id)).state === 'reading' ? 1 : 0
      await killAndStart()
      // It goes on by itself; nothing has to be sent again.
      const found = await client.look(id)
      expect([found.state, found.received]).toEqual([
        expect.stringMatching(/^(?:reading|inspected)$/),
        bytes.length,
      ])
      expect(told(await client.settled(id))).toEqual(told(result))
      await expect.poll(async () => (await filesOf(id)).toSorted()).toEqual(files)
      await client.discard(id)
      expect(await filesOf(id)).toEqual(['record.json'])
    }
    expect(cut).toBeGreaterThan(0)
  },
)

test(
  'killed while it pushes and publishes, the console tells the truth, and it is published again',
  { timeout: 240_000 },
  async () => {
    const imagesOf = (name: string) => [`ait/${name}:v1`]
    const inspected = async (name: string) => {
      const images = { [`ait/${name}:v1`]: twoPlatforms(name, 2 * MIB) }
      const { id } = await client.upload(`${name}.tgz`, await ociPackage(images, { name }))
      expect((await client.settled(id)).state).toBe('inspected')
      return id
    }
    const publish = async (id: string) => {
      await client.publish(id)
      return client.settled(id)
    }
    const first = await inspected('kill-0')
    const whole = await timed(() => publish(first))
    expect(whole.result).toMatchObject({ state: 'published', changed: true })
    const expected = await publishedState(stage, 'kill-0', VERSION, imagesOf('kill-0'))
    let cut = 0
    for (let round = 1; round <= KILLS; round++) {
      const name = `kill-${round}`
      const id = await inspected(name)
      await client.publish(id)
      await delay(momentOf(round) * whole.milliseconds)
      await killAndStart()
      // Whether it came to its end or not: what stands there now was not made up.
      const found = await client.look(id)
      expect(found.state).toMatch(/^(?:inspected|published)$/)
      if (found.state === 'inspected') {
        cut += 1
        expect(await publish(id)).toMatchObject({ state: 'published' })
      }
      expect(await publishedState(stage, name, VERSION, imagesOf(name))).toBe(expected)
      expect(await filesOf(id)).toEqual(['record.json'])
    }
    expect(cut).toBeGreaterThan(0)
    expect(await readdir(join(dataDir, 'tmp'))).toEqual([])
  },
)
