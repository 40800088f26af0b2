import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { specHash } from '#lib/domain/spec-hash.ts'
import { ARTIFACT, ARTIFACT_VERSION } from '#lib/kinds/artifact.ts'
import { PLATFORM_NAMESPACE } from '#lib/kinds/labels.ts'
import { MODULE_CONFIG } from '#lib/kinds/module-config.ts'
import { MODULE_PLUGIN } from '#lib/kinds/module-plugin.ts'
import type { KubeObject, JsonObject, Resource } from '#lib/kinds/object.ts'
import type { PackageContents } from '#lib/packages/package-contents.ts'
import { publishPackage } from '#lib/packages/publish-package.ts'
import { readPackage } from '#lib/packages/read-package.ts'
import { packEntries, pluginYaml } from '#lib/packages/testing/pack-entries.ts'
import { eventually, TestPlatform } from './test-platform.ts'

/** Much longer than the controllers take to answer a change. */
const CALM_MS = 500
const VERSION = 'v1.0.0'
const place = (resource: Resource) => (resource.namespaced ? { namespace: PLATFORM_NAMESPACE } : {})

let platform: TestPlatform
beforeAll(async () => {
  platform = await TestPlatform.start()
  await platform.run()
})
afterAll(() => platform.stop())

/** A package whose ModuleConfig is its own: configured otherwise than its ModulePlugin. */
async function packageOf(name: string, config: JsonObject): Promise<PackageContents> {
  const plugin = pluginYaml('  labelCluster: of-the-plugin').replaceAll('demo', name)
  const own = `---
apiVersion: cluster.alauda.io/v1alpha1
kind: ModuleConfig
metadata:
  name: ${name}-${VERSION}
  labels: {cpaas.io/module-name: ${name}}
spec: {version: ${VERSION}, config: ${JSON.stringify(config)}}
`
  const file = await packEntries([
    ['res/resources.yaml', plugin + own],
    ['res/artifacts.txt', ''],
  ])
  return readPackage(Readable.from([file]))
}

const publish = (contents: PackageContents, replace = false) =>
  publishPackage({ client: platform.global, contents, fileName: 'x.tgz', uploadedBy: null, replace })
const configOf = (name: string) => platform.global.get(MODULE_CONFIG, `${name}-${VERSION}`)

/** Until the controllers have carried out what the ModulePlugin says, and everything stands still. */
async function settled(name: string): Promise<string[]> {
  await eventually(async () => {
    const plugin = await platform.global.get(MODULE_PLUGIN, name)
    expect(plugin.status?.specHash).toBe(specHash(plugin.spec))
    expect((await configOf(name)).status?.readyForDeploy).toBe(true)
  })
  await sleep(CALM_MS)
  const objects: KubeObject[] = [
    await platform.global.get(MODULE_PLUGIN, name),
    await configOf(name),
    await platform.global.get(ARTIFACT, name, place(ARTIFACT)),
    await platform.global.get(ARTIFACT_VERSION, `${name}.${VERSION}`, place(ARTIFACT_VERSION)),
  ]
  return objects.map(({ metadata }) => metadata.resourceVersion ?? '')
}

test('controllers and publisher both write to a published version, and neither undoes the other', async () => {
  const contents = await packageOf('shared', { a: 1 })
  await publish(contents)
  const before = await settled('shared')
  const config = await configOf('shared')
  expect(config.metadata).toMatchObject({
    finalizers: ['moduleconfig'],
    labels: { 'cpaas.io/module-type': 'plugin', 'cpaas.io/module-version': VERSION },
  })
  expect((await publish(contents)).changed).toBe(false)
  expect(await settled('shared')).toEqual(before)
  await publish(await packageOf('shared', { b: 1 }), true)
  await settled('shared')
  expect(await configOf('shared')).toMatchObject({
    metadata: { finalizers: ['moduleconfig'] },
    spec: { config: { b: 1 } },
  })
})

test('a version that the controller made is the publisher’s once a package replaced it', async () => {
  await platform.publish('made', [VERSION], { config: { made: 1 } })
  expect((await configOf('made')).spec.config).toEqual({ made: 1 })
  const contents = await packageOf('made', { packaged: 1 })
  await expect(publish(contents)).rejects.toMatchObject({ code: 'version-conflict' })
  await publish(contents, true)
  await settled('made')
  const { spec } = await configOf('made')
  expect(spec).toEqual(contents.resources.moduleConfigs[0].spec)
  expect((await publish(contents)).changed).toBe(false)
})
