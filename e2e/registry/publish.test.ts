import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pullWithSkopeo } from '#e2e/support/skopeo.ts'
import { ARTIFACT, ARTIFACT_VERSION } from '#lib/kinds/artifact.ts'
import { MODULE_CONFIG } from '#lib/kinds/module-config.ts'
import type { KubeObject, Resource } from '#lib/kinds/object.ts'
import { sweepPackageFolders } from '#lib/packages/package-folder.ts'
import { chartPackage, ociPackage, twoPlatforms } from './made-packages.ts'
import { liveObject, publishedState } from './published-state.ts'
import { openPublishStage, USER, type PublishStage } from './stage.ts'

const VERSION = 'v1.0.0'
const BYTES = 700_000
const KILLS = 20

let stage: PublishStage
beforeAll(async () => {
  stage = await openPublishStage()
})
afterAll(() => stage.stop())

async function write(name: string, bytes: Buffer): Promise<string> {
  await mkdir(join(stage.dir, 'files'), { recursive: true })
  const file = join(stage.dir, 'files', `${name}.tgz`)
  await writeFile(file, bytes)
  return file
}

function live<T extends KubeObject>(resource: Resource<T>, name: string): Promise<T | null> {
  return liveObject(stage, resource, name)
}

/** Images of its own for each plugin, so that no round finds another's blobs. */
function packageOf(name: string): Promise<Buffer> {
  const image = (part: string) => twoPlatforms(`${name} ${part}`, BYTES)
  const images = { [`ait/${name}:v1`]: image('one'), [`ait/${name}-more:v1`]: image('two') }
  return ociPackage(images, { name, version: VERSION })
}
const imagesOf = (name: string) => [`ait/${name}:v1`, `ait/${name}-more:v1`]

describe('a publish that is killed', () => {
  test(`at ${KILLS} random points ends the same when it is repeated`, async () => {
    const whole = await stage.publish([await write('kill-0', await packageOf('kill-0'))])
    expect(whole).toMatchObject({ isDone: true, errors: '' })
    const expected = await publishedState(stage, 'kill-0', VERSION, imagesOf('kill-0'))
    let cut = 0
    for (let round = 1; round <= KILLS; round++) {
      const name = `kill-${round}`
      const file = await write(name, await packageOf(name))
      const after = Math.random() * whole.milliseconds
      const { isDone } = await stage.publish([file], after)
      cut += isDone ? 0 : 1
      const config = await live(MODULE_CONFIG, `${name}-${VERSION}`)
      const record = await live(ARTIFACT_VERSION, `${name}.${VERSION}`)
      // What can be installed, or says that it is Present, can be pulled.
      if (config !== null || record?.status?.phase === 'Present')
        for (const image of imagesOf(name)) await pullWithSkopeo(stage.registry, image, USER)
      if (record?.status?.phase === 'Present') expect(config).not.toBeNull()
      const again = await stage.publish([file])
      expect(again, `killed after ${after} ms`).toMatchObject({ isDone: true, errors: '' })
      expect(await publishedState(stage, name, VERSION, imagesOf(name))).toBe(expected)
    }
    expect(cut).toBeGreaterThan(KILLS / 2)
    await sweepPackageFolders(join(stage.dir, 'work'), 0)
    expect(await readdir(join(stage.dir, 'work'))).toEqual([])
  }, 240_000)
})

test('fifty packages at once are all Present, and can be pulled', async () => {
  const names = Array.from({ length: 50 }, (_, at) => `many-${at}`)
  const files: string[] = []
  for (const name of names) files.push(await write(name, await chartPackage(name, VERSION, 100_000)))
  expect(await stage.publish(files)).toMatchObject({ isDone: true, errors: '' })
  for (const name of names) {
    const record = await live(ARTIFACT_VERSION, `${name}.${VERSION}`)
    expect(record?.status).toMatchObject({ phase: 'Present', reason: '' })
    expect((await live(ARTIFACT, name))?.spec.registry).toBe(stage.registry.host)
    expect(await live(MODULE_CONFIG, `${name}-${VERSION}`)).not.toBeNull()
  }
  for (const name of names.slice(0, 5)) await pullWithSkopeo(stage.registry, `ait/${name}:${VERSION}`, USER)
  expect(await readdir(join(stage.dir, 'work'))).toEqual([])
}, 120_000)

test('a push that fails is said on the record, publishes nothing, and is completed later', async () => {
  const file = await write('broken', await packageOf('broken'))
  await rm(join(stage.registry.storage), { recursive: true, force: true })
  await writeFile(stage.registry.storage, 'a file where the registry wants its folder')
  const failed = await stage.publish([file])
  expect(failed.isDone).toBe(false)
  const record = await live(ARTIFACT_VERSION, `broken.${VERSION}`)
  expect(record?.status).toMatchObject({ phase: 'Failed', reason: 'PushFailed' })
  expect(record?.status?.message).not.toContain(USER.password)
  expect(await live(MODULE_CONFIG, `broken-${VERSION}`)).toBeNull()
  expect((await live(ARTIFACT, 'broken'))?.spec.registry).toBe('')
  await rm(stage.registry.storage)
  expect(await stage.publish([file])).toMatchObject({ isDone: true })
  expect((await live(ARTIFACT_VERSION, `broken.${VERSION}`))?.status).toMatchObject({
    phase: 'Present',
    reason: '',
    message: '',
  })
  expect((await live(ARTIFACT, 'broken'))?.spec.registry).toBe(stage.registry.host)
}, 120_000)
