import { describe, expect, test } from 'vitest'
import { kubectl } from '#e2e/support/kubectl.ts'
import { ARTIFACT, ARTIFACT_VERSION } from '#lib/kinds/artifact.ts'
import { PLATFORM_NAMESPACE } from '#lib/kinds/labels.ts'
import { MODULE_CONFIG } from '#lib/kinds/module-config.ts'
import { MODULE_PLUGIN } from '#lib/kinds/module-plugin.ts'
import { managedFieldsOf } from '#lib/kube/managed-fields.ts'
import { removeVersion } from '#lib/packages/remove-version.ts'
import { PUBLISHER } from '#lib/packages/take-over.ts'
import { contentsOf, managersOf, ownersOfSpec, publishStage, revisionsOf } from './publish-stage.ts'

const stage = publishStage()
const OURS = `${PUBLISHER} Apply`
const V2 = 'v2.0.0'

/** Applies with the real kubectl, as a person would. */
const kubectlApply = (object: object) =>
  kubectl(
    ['--kubeconfig', stage.target.kubeconfig, 'apply', '--server-side', '--force-conflicts', '-f', '-'],
    {
      input: JSON.stringify(object),
    },
  )
const configOf = (name: string, spec: object, metadata: object = {}) => ({
  apiVersion: 'cluster.alauda.io/v1alpha1',
  kind: 'ModuleConfig',
  metadata: { name: `${name}-v1.0.0`, ...metadata },
  spec,
})

describe('published objects', () => {
  test('are the publisher’s, by server-side apply, and stay as they are when published again', async () => {
    const name = stage.newName()
    const contents = await contentsOf(name, { config: { a: 1, none: null } })
    expect((await stage.publish(contents)).changed).toBe(true)
    const first = await stage.objects(name)
    for (const object of Object.values(first)) expect(ownersOfSpec(object)).toEqual([OURS])
    expect(first.config.spec).toEqual(contents.resources.moduleConfigs[0].spec)
    expect(first.plugin.spec).toEqual(contents.resources.modulePlugin.spec)
    expect((await stage.publish(contents)).changed).toBe(false)
    expect(revisionsOf(await stage.objects(name))).toEqual(revisionsOf(first))
  })

  test('are taken with fields that the server does not know: those are left out, as ever', async () => {
    const name = stage.newName()
    const contents = await contentsOf(name, { config: { a: 1 }, ofTomorrow: { x: 1 } })
    await stage.publish(contents)
    expect((await stage.objects(name)).config.spec).not.toHaveProperty('ofTomorrow')
    expect((await stage.publish(contents)).changed).toBe(false)
  })

  test('lose what the next version no longer says, and nothing else', async () => {
    const name = stage.newName()
    const labels = { 'somebody.example.com/team': 'blue' }
    await stage.publish(
      await contentsOf(name, { config: { old: 1, both: { x: 1, y: 2 } }, labelCluster: 'old' }),
    )
    await stage.client.patch(MODULE_PLUGIN, name, { type: 'merge', body: { metadata: { labels } } })
    const contents = await contentsOf(name, { config: { both: { y: 3 }, new: [] } }, V2)
    contents.resources.modulePlugin.metadata.labels = {
      ...contents.resources.modulePlugin.metadata.labels,
      'cpaas.io/product': 'acp',
    }
    await stage.publish(contents)
    const { plugin } = await stage.objects(name, V2)
    expect(plugin.spec).toEqual(contents.resources.modulePlugin.spec)
    expect(plugin.metadata.labels).toMatchObject({ ...labels, 'cpaas.io/product': 'acp' })
    await stage.publish(await contentsOf(name, {}, 'v3.0.0'))
    const { labels: left } = (await stage.objects(name, 'v3.0.0')).plugin.metadata
    expect(left).toMatchObject(labels)
    expect(left).not.toHaveProperty(['cpaas.io/product'])
  })
})

describe('objects that were written by PUT before', () => {
  test('are left alone while they say the same', async () => {
    const name = stage.newName()
    const contents = await contentsOf(name, { config: { a: 1 } })
    const { modulePlugin, moduleConfigs } = contents.resources
    const [config, plugin] = [
      await stage.client.create(MODULE_CONFIG, moduleConfigs[0], { fieldManager: 'violet' }),
      await stage.client.create(MODULE_PLUGIN, modulePlugin, { fieldManager: 'violet' }),
    ]
    await stage.publish(contents)
    const after = await stage.objects(name)
    expect(after.config).toEqual(config)
    expect(after.plugin).toEqual(plugin)
  })

  test('are taken over with what the next version says, and nothing of the old one', async () => {
    const name = stage.newName()
    const old = await contentsOf(name, { config: { old: 1, both: { x: 1 } }, labelCluster: 'old' })
    const before = old.resources.modulePlugin
    before.metadata.labels = { ...before.metadata.labels, 'somebody.example.com/team': 'blue' }
    const created = await stage.client.create(MODULE_PLUGIN, before, { fieldManager: 'violet' })
    await stage.client.replace(
      MODULE_PLUGIN,
      { ...created, status: { latestVersion: 'v1.0.0' } },
      { subresource: 'status', fieldManager: 'controller' },
    )
    const contents = await contentsOf(name, { config: { both: { y: 2 } } }, V2)
    await stage.publish(contents)
    const { plugin } = await stage.objects(name, V2)
    expect(plugin.spec).toEqual(contents.resources.modulePlugin.spec)
    expect(plugin.status).toEqual({ latestVersion: 'v1.0.0' })
    expect(plugin.metadata.labels).toMatchObject({ 'somebody.example.com/team': 'blue' })
    expect(ownersOfSpec(plugin)).toEqual([OURS])
    expect(managersOf(plugin)).toEqual(['controller', PUBLISHER, 'violet'])
    // From now on it is as if it had always been applied: the next one needs nothing but applying.
    const third = await contentsOf(name, { config: {} }, 'v3.0.0')
    await stage.publish(third)
    const last = (await stage.objects(name, 'v3.0.0')).plugin
    expect(last.spec).toEqual(third.resources.modulePlugin.spec)
    expect(last.metadata.generation).toBe((plugin.metadata.generation ?? 0) + 1)
    expect(managersOf(last)).toEqual(['controller', PUBLISHER, 'violet'])
  })

  test('are taken over even where nobody is on record', async () => {
    const name = stage.newName()
    const old = await contentsOf(name, { config: { old: 1 } })
    const created = await stage.client.create(MODULE_PLUGIN, old.resources.modulePlugin)
    const unowned = { ...created, metadata: { ...created.metadata, managedFields: [{}] } }
    await stage.client.replace(MODULE_PLUGIN, unowned)
    expect(managedFieldsOf(await stage.client.get(MODULE_PLUGIN, name))).toEqual([])
    const contents = await contentsOf(name, { config: { new: 1 } }, V2)
    await stage.publish(contents)
    const { plugin } = await stage.objects(name, V2)
    expect(plugin.spec).toEqual(contents.resources.modulePlugin.spec)
    expect(ownersOfSpec(plugin)).toEqual([OURS])
  })

  test('of an upload long ago are recorded anew when their Artifact is another one', async () => {
    const name = stage.newName()
    const contents = await contentsOf(name)
    await stage.publish(contents)
    const { artifact, record } = await stage.objects(name)
    // As a PUT of an earlier console left it: the owner is somebody else's field.
    const stale = [{ ...record.metadata.ownerReferences?.[0], uid: '00000000-0000-4000-8000-000000000000' }]
    const place = { namespace: PLATFORM_NAMESPACE }
    const orphaned = { ...record, metadata: { ...record.metadata, ownerReferences: stale } } as typeof record
    await stage.client.replace(ARTIFACT_VERSION, orphaned, place)
    await stage.publish(contents)
    const after = await stage.objects(name)
    expect(after.record.metadata.ownerReferences).toMatchObject([
      { kind: ARTIFACT.kind, uid: artifact.metadata.uid },
    ])
    expect(after.record.metadata.ownerReferences).toHaveLength(1)
  })
})

describe('somebody else’s kubectl apply --server-side', () => {
  test('of a label stays', async () => {
    const name = stage.newName()
    const contents = await contentsOf(name, { config: { a: 1 } })
    await stage.publish(contents)
    await kubectlApply(
      configOf(name, undefined as never, { labels: { 'somebody.example.com/team': 'blue' } }),
    )
    expect((await stage.publish(contents)).changed).toBe(false)
    const other = await contentsOf(name, { config: { b: 1 } })
    await stage.publish(other, { replace: true })
    const { config } = await stage.objects(name)
    expect(config.spec).toEqual(other.resources.moduleConfigs[0].spec)
    expect(config.metadata.labels).toMatchObject({ 'somebody.example.com/team': 'blue' })
    expect(managersOf(config)).toEqual(['kubectl', PUBLISHER])
  })

  test('of a key that an apply would not see makes other content: refused, and replaced only on purpose', async () => {
    const name = stage.newName()
    const contents = await contentsOf(name, { config: { a: 1 } })
    await stage.publish(contents)
    await kubectlApply(
      configOf(name, { config: { more: 1 }, logo: '', deleteable: true, description: {}, name }),
    )
    const changed = await stage.objects(name)
    expect(changed.config.spec.config).toEqual({ a: 1, more: 1 })
    await expect(stage.publish(contents)).rejects.toMatchObject({
      code: 'version-conflict',
      differences: ['spec.config'],
    })
    expect(revisionsOf(await stage.objects(name))).toEqual(revisionsOf(changed))
    expect((await stage.publish(contents, { replace: true })).changed).toBe(true)
    const { config } = await stage.objects(name)
    expect(config.spec).toEqual(contents.resources.moduleConfigs[0].spec)
    expect(ownersOfSpec(config)).toEqual([OURS])
    expect((await stage.publish(contents)).changed).toBe(false)
  })

  test('of another value is met the same way', async () => {
    const name = stage.newName()
    const contents = await contentsOf(name, { config: { a: 1 } })
    await stage.publish(contents)
    await kubectlApply(
      configOf(name, { config: { a: 2 }, logo: '', deleteable: true, description: {}, name }),
    )
    await expect(stage.publish(contents)).rejects.toMatchObject({ differences: ['spec.config'] })
    await stage.publish(contents, { replace: true })
    expect((await stage.objects(name)).config.spec).toEqual(contents.resources.moduleConfigs[0].spec)
  })
})

test('a version that is removed leaves a ModulePlugin that the next one describes alone', async () => {
  const name = stage.newName()
  const first = await contentsOf(name, { config: { one: 1 } })
  await stage.publish(first)
  await stage.publish(await contentsOf(name, { config: { two: 2 }, labelCluster: 'two' }, V2))
  const { client } = stage
  await removeVersion({ client, plugin: name, version: V2 })
  expect((await stage.objects(name)).plugin.spec).toEqual(first.resources.modulePlugin.spec)
  const third = await contentsOf(name, { config: { three: 3 } }, 'v3.0.0')
  await stage.publish(third)
  const { plugin } = await stage.objects(name, 'v3.0.0')
  expect(plugin.spec).toEqual(third.resources.modulePlugin.spec)
  expect(ownersOfSpec(plugin)).toEqual([OURS])
})
