import { expect, test } from 'vitest'
import { MODULE_CONFIG } from '#lib/kinds/module-config.ts'
import { MODULE_PLUGIN } from '#lib/kinds/module-plugin.ts'
import type { KubeClient, WriteOptions } from '#lib/kube/kube-client.ts'
import { managedFieldsOf } from '#lib/kube/managed-fields.ts'
import { contentsOf, publishStage, type PublishedObjects } from './publish-stage.ts'

const stage = publishStage()
const MOST_WRITES = 20

/** The stage's client until it has written so often; then every call fails, as when the process is killed. */
function dyingAfter(writes: number): { client: KubeClient; isDead: () => boolean } {
  let left = writes
  const { client } = stage
  const dying = new Proxy(client, {
    get(_, verb: keyof KubeClient) {
      const call = client[verb]
      if (typeof call !== 'function') return call
      return async (...args: never[]) => {
        if (left < 0) throw new Error('cut')
        const { dryRun } = (args.at(-1) ?? {}) as WriteOptions
        const isWrite = verb === 'create' || verb === 'replace' || verb === 'patch'
        if (isWrite && dryRun !== true && left-- === 0) throw new Error('cut')
        return (call as (...args: never[]) => Promise<unknown>).apply(client, args)
      }
    },
  })
  return { client: dying, isDead: () => left < 0 }
}

/** What a plugin's objects say and who owns it, without what differs by time and name. */
function stateOf(name: string, objects: PublishedObjects): unknown {
  const plain = Object.values(objects).map((object: PublishedObjects[keyof PublishedObjects]) => {
    const { labels, annotations = {}, ownerReferences } = object.metadata
    const lasting = Object.entries(annotations).filter(
      ([key]) => !/uploaded-at|contents|sha256|size/.test(key),
    )
    return {
      ...object,
      metadata: {
        labels,
        annotations: lasting,
        owners: ownerReferences?.map(({ kind }) => kind),
        managers: managedFieldsOf(object)
          .map(({ manager, operation, subresource, fieldsV1 }) => [manager, operation, subresource, fieldsV1])
          .map((entry) => JSON.stringify(entry).replaceAll(/k:{\\"uid\\":[^}]*}/g, 'UID'))
          .toSorted(),
      },
    }
  })
  return JSON.parse(JSON.stringify(plain).replaceAll(name, 'NAME'))
}

/** A version that an earlier console or violet wrote by PUT, over which another content of it is published. */
async function replacing(by?: KubeClient, known?: string): Promise<string> {
  const name = known ?? stage.newName()
  const old = await contentsOf(name, { config: { old: 1 }, labelCluster: 'old' })
  if (known === undefined) {
    await stage.client.create(MODULE_CONFIG, old.resources.moduleConfigs[0], { fieldManager: 'violet' })
    await stage.client.create(MODULE_PLUGIN, old.resources.modulePlugin, { fieldManager: 'violet' })
  }
  const contents = await contentsOf(name, { config: { new: 1 } })
  await stage
    .publish(contents, { replace: true, ...(by !== undefined && { by }) })
    .catch((error: unknown) => {
      if (!(error instanceof Error) || error.message !== 'cut') throw error
    })
  return name
}

test('taking over what was written by PUT, cut after any write and repeated, ends the same', async () => {
  const whole = await replacing()
  const expected = stateOf(whole, await stage.objects(whole))
  for (let writes = 0; ; writes++) {
    const { client, isDead } = dyingAfter(writes)
    const name = await replacing(client)
    await replacing(undefined, name)
    expect(stateOf(name, await stage.objects(name)), `cut after ${writes} writes`).toEqual(expected)
    if (!isDead()) break
    expect(writes).toBeLessThan(MOST_WRITES)
  }
}, 120_000)
