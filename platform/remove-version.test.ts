import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ARTIFACT, ARTIFACT_VERSION } from '#lib/kinds/artifact.ts'
import { MODULE_CONFIG } from '#lib/kinds/module-config.ts'
import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import { MODULE_PLUGIN } from '#lib/kinds/module-plugin.ts'
import { createKubeClient } from '#lib/kube/http-kube-client.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { loadKubeconfig } from '#lib/kube/load-config.ts'
import { buildPackage } from '#lib/packages/build-package.ts'
import { publishPackage } from '#lib/packages/publish-package.ts'
import { readPackage } from '#lib/packages/read-package.ts'
import { readPublished, removeVersion } from '#lib/packages/remove-version.ts'
import { VersionInUseError } from '#lib/packages/version-in-use-error.ts'
import { startApiServer, type ApiServer } from './apiserver/server.ts'

const ROOT = resolve(import.meta.dirname, '..')
const PLACE = { namespace: 'cpaas-system' }
const VERSIONS = ['v4.0.4', 'v4.0.5']

let dataDir = ''
let api: ApiServer
let client: KubeClient
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'remove-'))
  api = await startApiServer({
    dataDir,
    port: 0,
    clusters: ['global'],
    crdDir: join(ROOT, 'crds'),
    log: () => {},
  })
  client = createKubeClient(loadKubeconfig(api.kubeconfigPath), { cluster: 'global' })
}, 30_000)
afterAll(async () => {
  await client.close()
  await api.close()
  await rm(dataDir, { recursive: true })
})

beforeEach(async () => {
  for (const version of VERSIONS) {
    const bytes = await buildPackage(join(ROOT, 'examples/web-cli', version))
    const contents = await readPackage(Readable.from([bytes]))
    await publishPackage({ client, contents, fileName: 'web-cli.tgz', uploadedBy: null })
  }
})

const remove = (version: string, by: KubeClient = client, dryRun = false) =>
  removeVersion({ client: by, plugin: 'web-cli', version, dryRun })

/** Everything that stands for the plugin, as `kind/name`. */
async function standing(): Promise<string[]> {
  const lists = [
    await client.listAll(MODULE_CONFIG),
    await client.listAll(ARTIFACT_VERSION, PLACE),
    await client.listAll(ARTIFACT, PLACE),
  ]
  return lists.flatMap(({ items }) => items.map(({ kind, metadata }) => `${kind}/${metadata.name}`))
}

const describedVersion = async () => (await client.get(MODULE_PLUGIN, 'web-cli')).spec.version

test('a version goes with its record, and the plugin describes the newest that is left', async () => {
  expect(await describedVersion()).toBe('v4.0.5')
  expect(await remove('v4.0.5')).toEqual([
    { kind: 'ModulePlugin', name: 'web-cli', change: 'set-back' },
    { kind: 'ModuleConfig', name: 'web-cli-v4.0.5', change: 'deleted' },
    { kind: 'ArtifactVersion', name: 'web-cli.v4.0.5', change: 'deleted' },
  ])
  expect(await standing()).toEqual([
    'ModuleConfig/web-cli-v4.0.4',
    'ArtifactVersion/web-cli.v4.0.4',
    'Artifact/web-cli',
  ])
  expect(await describedVersion()).toBe('v4.0.4')
  expect(await remove('v4.0.5')).toEqual([])
})

test('with the last one goes the Artifact; the plugin stays known', async () => {
  await remove('v4.0.5')
  await remove('v4.0.4')
  expect(await standing()).toEqual([])
  expect(await describedVersion()).toBe('v4.0.4')
})

test('a dry run tells the same and changes nothing', async () => {
  const before = await standing()
  expect(await remove('v4.0.5', client, true)).toHaveLength(3)
  expect(await standing()).toEqual(before)
  expect(await describedVersion()).toBe('v4.0.5')
})

test('a version that is installed stays, and it is said where', async () => {
  const labels = {
    'cpaas.io/module-name': 'web-cli',
    'cpaas.io/cluster-name': 'edge',
    'cpaas.io/module-type': 'plugin',
  }
  const info = await client.create(MODULE_INFO, {
    apiVersion: 'cluster.alauda.io/v1alpha1',
    kind: 'ModuleInfo',
    metadata: { name: 'edge-temporary-name', labels },
    spec: { version: 'v4.0.4' },
  })
  const before = await standing()
  const refusal = await remove('v4.0.4').catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(VersionInUseError)
  expect((refusal as VersionInUseError).clusters).toEqual(['edge'])
  expect(await standing()).toEqual(before)
  await client.delete(MODULE_INFO, info.metadata.name)
})

test('cut anywhere and repeated, it ends the same', async () => {
  for (let allowed = 0; allowed < 3; allowed++) {
    let left = allowed
    const guard = <R>(write: () => Promise<R>): Promise<R> =>
      left-- > 0 ? write() : Promise.reject(new Error('cut'))
    const dying: KubeClient = {
      ...client,
      replace: (resource, object, options) => guard(() => client.replace(resource, object, options)),
      delete: (resource, name, options) => guard(() => client.delete(resource, name, options)),
    }
    await expect(remove('v4.0.5', dying)).rejects.toThrow('cut')
    await remove('v4.0.5')
    expect(await standing()).toEqual([
      'ModuleConfig/web-cli-v4.0.4',
      'ArtifactVersion/web-cli.v4.0.4',
      'Artifact/web-cli',
    ])
    const contents = await readPackage(
      Readable.from([await buildPackage(join(ROOT, 'examples/web-cli/v4.0.5'))]),
    )
    await publishPackage({ client, contents, fileName: 'web-cli.tgz', uploadedBy: null })
  }
})

test('many are removed after one read, and each leaves what is left behind it', async () => {
  const read: string[] = []
  const counting = Object.assign(Object.create(client) as KubeClient, {
    listAll: ((resource, options) => {
      read.push(resource.kind)
      return client.listAll(resource, options)
    }) satisfies KubeClient['listAll'],
  })
  const published = await readPublished(counting)
  for (const version of VERSIONS.toReversed())
    await removeVersion({ client: counting, plugin: 'web-cli', version, published })
  expect(read.filter((kind) => kind !== MODULE_INFO.kind)).toEqual([
    MODULE_CONFIG.kind,
    ARTIFACT_VERSION.kind,
  ])
  expect(read.filter((kind) => kind === MODULE_INFO.kind)).toHaveLength(VERSIONS.length)
  expect((await client.listAll(MODULE_CONFIG)).items).toEqual([])
  expect((await client.listAll(ARTIFACT_VERSION, PLACE)).items).toEqual([])
  expect((await client.listAll(ARTIFACT, PLACE)).items).toEqual([])
  expect((await client.get(MODULE_PLUGIN, 'web-cli')).spec.version).toBe('v4.0.4')
})
