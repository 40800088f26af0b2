import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import type { PackageContents } from '#lib/packages/package-contents.ts'
import { artifactsDigest, UPLOAD_ANNOTATION } from '#lib/packages/upload-record.ts'
import { isVersionConflict } from '#lib/packages/version-conflict.ts'
import { artifactOf, contentsOf, ownersOfSpec, publishStage, revisionsOf } from './publish-stage.ts'

const stage = publishStage()
const ROUNDS = 8
const LONGEST_PAUSE_MS = 20

/** The stage's client with a pause of its own length before and after every call, so that every order comes about. */
function hesitant(): KubeClient {
  const { client } = stage
  return new Proxy(client, {
    get(_, verb: keyof KubeClient) {
      const call = client[verb]
      if (typeof call !== 'function') return call
      return async (...args: never[]) => {
        await sleep(Math.random() * LONGEST_PAUSE_MS)
        const answer = await (call as (...args: never[]) => Promise<unknown>).apply(client, args)
        await sleep(Math.random() * LONGEST_PAUSE_MS)
        return answer
      }
    },
  })
}

/** Publishes all at once; the contents that got through, and why the others did not. */
async function race(
  contents: readonly PackageContents[],
): Promise<{ winners: PackageContents[]; refusals: unknown[] }> {
  const results = await Promise.allSettled(contents.map((one) => stage.publish(one, { by: hesitant() })))
  return {
    winners: contents.filter((_, index) => results[index]?.status === 'fulfilled'),
    refusals: results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : [])),
  }
}

async function expectPublished(name: string, { resources, ...contents }: PackageContents): Promise<void> {
  const live = await stage.objects(name)
  expect(live.config.spec).toEqual(resources.moduleConfigs[0].spec)
  expect(live.plugin.spec).toEqual(resources.modulePlugin.spec)
  expect(live.record.status?.phase).toBe('Present')
  const digest = artifactsDigest({ resources, ...contents })
  expect(live.record.metadata.annotations?.[UPLOAD_ANNOTATION.artifacts]).toBe(digest)
  // Whoever lost left nothing behind: published again, nothing is written.
  expect((await stage.publish({ resources, ...contents })).changed).toBe(false)
  expect(revisionsOf(await stage.objects(name))).toEqual(revisionsOf(live))
}

/** Plays a race many times, all at once: each is about a plugin of its own. */
async function inRounds(play: (name: string) => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: ROUNDS }, () => play(stage.newName())))
}

describe('two contents of one version at once: one is published, and the other refused', () => {
  test.each([
    ['which differ in a value', [{ config: { a: 1 } }, { config: { a: 2 } }]],
    ['of which one says more than the other', [{ config: { a: 1 } }, { config: { a: 1, b: 2 } }]],
    ['which say different things', [{ config: { a: 1 } }, { labelCluster: 'x' }]],
    ['of three', [{ config: { a: 1 } }, { config: { a: 1, b: null } }, {}]],
  ])(
    '%s',
    async (_, specs) => {
      await inRounds(async (name) => {
        const contents = await Promise.all(specs.map((spec) => contentsOf(name, spec)))
        for (const [index, one] of contents.entries()) one.artifacts.push(artifactOf(name, index))
        const { winners, refusals } = await race(contents)
        expect(refusals.filter((reason) => !isVersionConflict(reason))).toEqual([])
        expect(winners).toHaveLength(1)
        if (winners[0] !== undefined) await expectPublished(name, winners[0])
      })
    },
    120_000,
  )

  test('which differ in their artifacts alone', async () => {
    await inRounds(async (name) => {
      const contents = await Promise.all([contentsOf(name), contentsOf(name)])
      for (const [index, one] of contents.entries()) one.artifacts.push(artifactOf(name, index))
      const { winners, refusals } = await race(contents)
      expect(refusals).toMatchObject([{ code: 'version-conflict', differences: ['artifacts'] }])
      expect(winners).toHaveLength(1)
      if (winners[0] !== undefined) await expectPublished(name, winners[0])
    })
  }, 120_000)
})

test('the same content from many at once is published once, and nobody fails', async () => {
  const name = stage.newName()
  const contents = await contentsOf(name, { config: { a: 1 } })
  const { refusals } = await race([contents, contents, contents, contents])
  expect(refusals).toEqual([])
  await expectPublished(name, contents)
}, 60_000)

test('versions at once are all published, and the plugin describes the newest', async () => {
  await inRounds(async (name) => {
    const versions = ['v1.0.0', 'v1.1.0', 'v2.0.0']
    const contents = await Promise.all(
      versions.map((version, index) => contentsOf(name, { config: { [`key${index}`]: index } }, version)),
    )
    const { refusals } = await race(contents)
    expect(refusals).toEqual([])
    const { plugin } = await stage.objects(name)
    expect(plugin.spec).toEqual(contents[2]?.resources.modulePlugin.spec)
    expect(ownersOfSpec(plugin)).toHaveLength(1)
    for (const version of versions)
      expect((await stage.objects(name, version)).config.spec.version).toBe(version)
  })
}, 120_000)
