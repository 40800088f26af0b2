import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { MODULE_PLUGIN, type ModulePlugin } from '#lib/kinds/module-plugin.ts'
import { NotFoundError } from '#lib/kube/kube-error.ts'
import { PUBLISHER } from '#lib/packages/take-over.ts'
import { upsertObject } from '#lib/packages/upsert-object.ts'
import { ownersOfSpec, publishStage } from './publish-stage.ts'

const stage = publishStage()
const RUNS = 30
/** Ways in which an object may have come to what it says. */
const ROADS = ['create', 'replace', 'apply', 'publish', 'forget'] as const

const word = fc.constantFrom('a', 'b', 'c')
const text = fc.constantFrom('', 'x', 'y')
const free = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown>(null, 0, 1, true, '', 'x', {}, []),
    fc.dictionary(word, tie('value'), { maxKeys: 3 }),
    fc.array(tie('value'), { maxLength: 2 }),
  ),
})).value
const some = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(model, { requiredKeys: [] })
const selector = some({
  matchLabels: fc.dictionary(word, text, { maxKeys: 2 }),
  matchExpressions: fc.array(fc.record({ key: word, operator: fc.constantFrom('In', 'Exists') }), {
    maxLength: 2,
  }),
})
const spec = some({
  config: fc.dictionary(word, free, { maxKeys: 3 }),
  affinity: some({ clusterAffinity: selector, clusterAntiAffinity: selector }),
  valuesTemplates: fc.dictionary(word, text, { maxKeys: 2 }),
  deployDescriptors: fc.array(fc.record({ path: word, 'x-descriptors': fc.array(text, { maxLength: 2 }) }), {
    maxLength: 3,
  }),
  dependencies: fc.array(fc.record({ moduleName: word, versionsMatch: fc.array(text, { maxLength: 2 }) }), {
    maxLength: 2,
  }),
  labelCluster: text,
  mustUpgrade: fc.boolean(),
  description: some({ en: text, zh: text }),
  ofTomorrow: free,
})
const history = fc.array(fc.tuple(fc.constantFrom(...ROADS), spec), { minLength: 1, maxLength: 4 })

function pluginOf(name: string, said: object, metadata: object = {}): ModulePlugin {
  return {
    apiVersion: 'cluster.alauda.io/v1alpha1',
    kind: 'ModulePlugin',
    metadata: { name, ...metadata },
    spec: { name, logo: '', deleteable: true, description: {}, ...said },
  }
}

const stored = async (object: ModulePlugin): Promise<ModulePlugin['spec']> => {
  const metadata = { name: `${object.metadata.name}-tried` }
  return (await stage.client.create(MODULE_PLUGIN, { ...object, metadata }, { dryRun: true })).spec
}

async function write(road: (typeof ROADS)[number], object: ModulePlugin): Promise<unknown> {
  const { client } = stage
  const { name } = object.metadata
  const live = await client.get(MODULE_PLUGIN, name).catch((error: unknown) => {
    if (error instanceof NotFoundError) return undefined
    throw error
  })
  if (road === 'publish') return upsertObject(client, MODULE_PLUGIN, object)
  if (road === 'apply') {
    const body = { ...object, spec: await stored(object) }
    const patch = { type: 'apply', body, fieldManager: 'kubectl', force: true } as const
    // What others left and this may be invalid together: then kubectl is refused, too.
    return client.patch(MODULE_PLUGIN, name, patch).catch(() => undefined)
  }
  if (live === undefined) return client.create(MODULE_PLUGIN, object, { fieldManager: 'violet' })
  const metadata = road === 'forget' ? { ...live.metadata, managedFields: [{}] } : live.metadata
  return client.replace(MODULE_PLUGIN, { ...object, metadata }, { fieldManager: `editor-${road}` })
}

test('whatever wrote an object before, it says exactly what is published, and then stands', async () => {
  await fc.assert(
    fc.asyncProperty(history, spec, async (before, said) => {
      const name = stage.newName()
      for (const [road, earlier] of before) await write(road, pluginOf(name, earlier))
      const desired = pluginOf(name, said, { labels: { 'cpaas.io/module-name': name } })
      const { object } = await upsertObject(stage.client, MODULE_PLUGIN, desired)
      const live = await stage.client.get(MODULE_PLUGIN, name)
      expect(live).toEqual(object)
      expect(live.spec).toEqual(await stored(desired))
      expect(await upsertObject(stage.client, MODULE_PLUGIN, desired)).toEqual({
        object: live,
        change: 'unchanged',
      })
      // Taken over once, it needs no more than applying.
      const next = pluginOf(name, { ...said, config: { only: 1 }, labelCluster: 'z' })
      const owned = ownersOfSpec(live)
      await upsertObject(stage.client, MODULE_PLUGIN, next)
      const last = await stage.client.get(MODULE_PLUGIN, name)
      expect(last.spec).toEqual(await stored(next))
      if (owned.length === 1 && owned[0]?.startsWith(PUBLISHER)) expect(ownersOfSpec(last)).toEqual(owned)
    }),
    { numRuns: RUNS },
  )
}, 240_000)
