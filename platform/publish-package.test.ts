import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ARTIFACT, ARTIFACT_VERSION } from '#lib/kinds/artifact.ts'
import { CONFIG_MAP, NODE, STORAGE_CLASS } from '#lib/kinds/core.ts'
import { PLATFORM_NAMESPACE } from '#lib/kinds/labels.ts'
import { MODULE_CONFIG } from '#lib/kinds/module-config.ts'
import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import { MODULE_PLUGIN } from '#lib/kinds/module-plugin.ts'
import { createKubeClient } from '#lib/kube/http-kube-client.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { InvalidError } from '#lib/kube/kube-error.ts'
import { loadKubeconfig } from '#lib/kube/load-config.ts'
import { buildPackage } from '#lib/packages/build-package.ts'
import type { PackageContents } from '#lib/packages/package-contents.ts'
import { publishPackage } from '#lib/packages/publish-package.ts'
import { readPackage } from '#lib/packages/read-package.ts'
import { UPLOAD_ANNOTATION } from '#lib/packages/upload-record.ts'
import { startApiServer, type ApiServer } from './apiserver/server.ts'
import { seed } from './seed/seed.ts'

const ROOT = resolve(import.meta.dirname, '..')
const CLUSTERS = ['global', 'business', 'edge']
const PLACE = { namespace: PLATFORM_NAMESPACE }

let dataDir = ''
let api: ApiServer
const clients = new Map<string, KubeClient>()
const client = (cluster: string): KubeClient => {
  const found = clients.get(cluster)
  if (found === undefined) throw new Error(cluster)
  return found
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'publish-'))
  api = await startApiServer({
    dataDir,
    port: 0,
    clusters: CLUSTERS,
    crdDir: join(ROOT, 'crds'),
    log: () => {},
  })
  const config = loadKubeconfig(api.kubeconfigPath)
  for (const cluster of CLUSTERS)
    clients.set(cluster, createKubeClient(config, { cluster, server: `${api.url}/kubernetes/${cluster}` }))
}, 30_000)

afterAll(async () => {
  for (const each of clients.values()) await each.close()
  await api.close()
  await rm(dataDir, { recursive: true })
})

async function contentsOf(plugin: string, version: string): Promise<PackageContents> {
  return readPackage(Readable.from([await buildPackage(join(ROOT, 'examples', plugin, version))]))
}

/** The same package as another version, and changed as the test wants. */
async function packageOf(
  version: string,
  change: (contents: PackageContents) => void = () => {},
): Promise<PackageContents> {
  const contents = structuredClone(await contentsOf('web-cli', 'v4.0.5'))
  const [config] = contents.resources.moduleConfigs
  config.spec = { ...config.spec, name: 'demo', version }
  config.metadata = {
    ...config.metadata,
    name: `demo-${version}`,
    labels: { 'cpaas.io/module-name': 'demo', 'cpaas.io/module-type': 'plugin' },
  }
  const { modulePlugin } = contents.resources
  modulePlugin.metadata = { ...modulePlugin.metadata, name: 'demo', labels: config.metadata.labels }
  modulePlugin.spec = config.spec
  Object.assign(contents, { plugin: 'demo', version })
  change(contents)
  return contents
}

const publish = (contents: PackageContents, global = client('global')) =>
  publishPackage({
    client: global,
    contents,
    fileName: 'demo.tgz',
    uploadedBy: 'ann',
    uploadedAt: new Date(0),
  })

const liveVersion = async () => (await client('global').get(MODULE_PLUGIN, 'demo')).spec.version

describe('publishing', () => {
  test('makes everything, tells its steps, and does nothing the second time', async () => {
    const steps: string[] = []
    const contents = await packageOf('v2.0.0')
    const input = {
      client: client('global'),
      contents,
      fileName: 'demo.tgz',
      uploadedBy: 'ann',
      uploadedAt: new Date(0),
    }
    expect(await publishPackage(input, ({ name, state }) => steps.push(`${name} ${state}`))).toMatchObject({
      plugin: 'demo',
      version: 'v2.0.0',
      changed: true,
      warnings: [{ code: 'not-pushed', params: { artifacts: '1' } }],
    })
    expect(steps).toEqual(['push skipped', 'publish running', 'publish running', 'publish done'])
    const global = client('global')
    expect((await global.get(MODULE_CONFIG, 'demo-v2.0.0')).spec).toEqual(
      contents.resources.moduleConfigs[0].spec,
    )
    expect(await liveVersion()).toBe('v2.0.0')
    const artifact = await global.get(ARTIFACT, 'demo', PLACE)
    const record = await global.get(ARTIFACT_VERSION, 'demo.v2.0.0', PLACE)
    expect(record.metadata.ownerReferences).toMatchObject([
      { kind: 'Artifact', name: 'demo', uid: artifact.metadata.uid },
    ])
    expect(record.metadata.labels).toMatchObject({
      'cpaas.io/artifact-version': 'demo',
      'cpaas.io/library': 'platform',
    })
    expect(record.metadata.annotations).toMatchObject({
      [UPLOAD_ANNOTATION.fileName]: 'demo.tgz',
      [UPLOAD_ANNOTATION.uploadedBy]: 'ann',
      [UPLOAD_ANNOTATION.uploadedAt]: '1970-01-01T00:00:00.000Z',
      [UPLOAD_ANNOTATION.size]: String(contents.size),
      [UPLOAD_ANNOTATION.sha256]: contents.sha256,
    })
    expect(record.status).toMatchObject({ name: 'demo', version: 'v2.0.0', phase: 'Present' })
    const again = await publishPackage({ ...input, uploadedAt: new Date() })
    expect(again.changed).toBe(false)
    expect((await global.get(ARTIFACT_VERSION, 'demo.v2.0.0', PLACE)).metadata.resourceVersion).toBe(
      record.metadata.resourceVersion,
    )
  })

  test('a version with other content is refused, says what differs, and changes nothing', async () => {
    const global = client('global')
    const before = await global.listAll(MODULE_CONFIG)
    const other = await packageOf('v2.0.0', ({ resources }) => {
      const [config] = resources.moduleConfigs
      config.spec = { ...config.spec, config: { other: true }, mustUpgrade: true }
    })
    await expect(publish(other)).rejects.toMatchObject({
      code: 'version-conflict',
      differences: ['spec.config', 'spec.mustUpgrade'],
    })
    const chart = await packageOf('v2.0.0', ({ artifacts }) => {
      if (artifacts[0] !== undefined) artifacts[0].digest = `sha256:${'0'.repeat(64)}`
    })
    await expect(publish(chart)).rejects.toMatchObject({
      code: 'version-conflict',
      differences: ['artifacts'],
    })
    expect(await global.listAll(MODULE_CONFIG)).toMatchObject({ items: before.items })
  })

  test('an older version adds its ModuleConfig, a newer one takes over the ModulePlugin', async () => {
    expect((await publish(await packageOf('v1.5.0'))).changed).toBe(true)
    expect(await liveVersion()).toBe('v2.0.0')
    expect((await client('global').get(MODULE_CONFIG, 'demo-v1.5.0')).spec.version).toBe('v1.5.0')
    expect((await publish(await packageOf('v1.5.0'))).changed).toBe(false)
    await publish(await packageOf('v2.1.0-rc.1'))
    expect(await liveVersion()).toBe('v2.1.0-rc.1')
    await publish(await packageOf('v2.1.0'))
    expect(await liveVersion()).toBe('v2.1.0')
  })

  test('what the API refuses leaves nothing behind', async () => {
    const bad = await packageOf('v3.0.0', ({ resources }) => {
      const { spec } = resources.moduleConfigs[0]
      resources.moduleConfigs[0].spec = { ...spec, transitTimeout: 'soon' as unknown as number }
    })
    await expect(publish(bad)).rejects.toThrow(InvalidError)
    const { items } = await client('global').listAll(ARTIFACT_VERSION, PLACE)
    expect(items.some(({ metadata }) => metadata.name === 'demo.v3.0.0')).toBe(false)
    expect(await liveVersion()).toBe('v2.1.0')
  })

  test('the same package from six people at once is published once, and nobody fails', async () => {
    const contents = await packageOf('v4.0.0')
    const results = await Promise.all(Array.from({ length: 6 }, () => publish(contents)))
    expect(results.some(({ changed }) => changed)).toBe(true)
    expect(await liveVersion()).toBe('v4.0.0')
  })

  test('concurrent writers are met by reading again', async () => {
    let disturbed = 0
    const global = client('global')
    const busy: KubeClient = {
      ...global,
      get: global.get.bind(global),
      create: global.create.bind(global),
      replace: global.replace.bind(global),
      patch: async (resource, name, patch, options) => {
        if (resource.kind === 'ModulePlugin' && options?.dryRun !== true && disturbed++ < 2) {
          const live = await global.get(resource, name)
          live.metadata.annotations = { ...live.metadata.annotations, disturbed: String(disturbed) }
          await global.replace(resource, live)
        }
        return global.patch(resource, name, patch, options)
      },
    }
    expect((await publish(await packageOf('v4.1.0'), busy)).changed).toBe(true)
    const live = await global.get(MODULE_PLUGIN, 'demo')
    expect(live).toMatchObject({ spec: { version: 'v4.1.0' }, metadata: { annotations: { disturbed: '2' } } })
  })

  test('cut anywhere and repeated, it ends the same', async () => {
    for (let allowed = 0; ; allowed++) {
      const version = `v5.0.${allowed}`
      const contents = await packageOf(version)
      let left = allowed
      const global = client('global')
      const guard = async <R>(dryRun: boolean | undefined, write: () => Promise<R>): Promise<R> => {
        if (dryRun !== true && left-- <= 0) throw new Error('cut')
        return write()
      }
      const dying: KubeClient = {
        ...global,
        get: global.get.bind(global),
        create: (resource, object, options) =>
          guard(options?.dryRun, () => global.create(resource, object, options)),
        replace: (resource, object, options) =>
          guard(options?.dryRun, () => global.replace(resource, object, options)),
        patch: (resource, name, patch, options) =>
          guard(options?.dryRun, () => global.patch(resource, name, patch, options)),
      }
      const isCut = await publish(contents, dying).then(
        () => false,
        () => true,
      )
      const record = await global.get(ARTIFACT_VERSION, `demo.${version}`, PLACE).catch(() => undefined)
      if (isCut) expect(record?.status?.phase).not.toBe('Present')
      await publish(contents)
      expect((await global.get(ARTIFACT_VERSION, `demo.${version}`, PLACE)).status?.phase).toBe('Present')
      expect(await liveVersion()).toBe(version)
      if (!isCut) return
      expect(allowed).toBeLessThan(10)
    }
  })
})

test('what a cut publish left behind does not stand in the way of the right package', async () => {
  const global = client('global')
  const cutAtRecord = Object.assign(Object.create(global) as KubeClient, {
    patch: ((resource, name, patch, options) =>
      options?.dryRun !== true && resource.kind === MODULE_CONFIG.kind
        ? Promise.reject(new Error('cut'))
        : global.patch(resource, name, patch, options)) satisfies KubeClient['patch'],
  })
  await expect(publish(await packageOf('v6.0.0'), cutAtRecord)).rejects.toThrow('cut')
  const right = await packageOf('v6.0.0', ({ artifacts }) => {
    if (artifacts[0] !== undefined) artifacts[0].digest = `sha256:${'1'.repeat(64)}`
  })
  expect((await publish(right)).changed).toBe(true)
  expect((await global.get(ARTIFACT_VERSION, 'demo.v6.0.0', PLACE)).status?.phase).toBe('Present')
  await expect(publish(await packageOf('v6.0.0'))).rejects.toMatchObject({ differences: ['artifacts'] })
})

describe('first contents', () => {
  test('are made once, and stay away when removed', async () => {
    const lines: string[] = []
    const log = (line: string) => lines.push(line)
    await seed({ client, log })
    const global = client('global')
    const versions = (await global.listAll(MODULE_CONFIG, { labelSelector: 'cpaas.io/module-name=web-cli' }))
      .items
    expect(versions.map(({ spec }) => spec.version)).toEqual(['v4.0.3', 'v4.0.4'])
    expect((await global.get(MODULE_PLUGIN, 'service-mesh')).spec.version).toBeUndefined()
    const { items } = await global.listAll(MODULE_INFO)
    const places = items.map(
      ({ metadata }) =>
        `${metadata.labels?.['cpaas.io/cluster-name']}/${metadata.labels?.['cpaas.io/module-name']}`,
    )
    expect(places).toHaveLength(11)
    expect(places).not.toContain('global/web-cli')
    expect(places).not.toContain('business/gpu-device-plugin')
    expect((await client('edge').listAll(NODE)).items[0]?.status?.addresses?.[0]?.address).toBe('192.0.2.31')
    expect(lines).toHaveLength(18 + 11)

    await client('business').delete(STORAGE_CLASS, 'topolvm-ssd')
    await global.delete(MODULE_CONFIG, 'web-cli-v4.0.3')
    await global.delete(MODULE_INFO, items[0]?.metadata.name ?? '')
    lines.length = 0
    await seed({ client, log })
    expect(lines).toEqual([])
    const classes = (await client('business').listAll(STORAGE_CLASS)).items
    expect(classes.map(({ metadata }) => metadata.name)).toEqual(['ceph-rbd', 'cephfs', 'topolvm-hdd'])
    expect((await global.listAll(MODULE_INFO)).items).toHaveLength(10)

    // Without its record it makes what is missing, and only that.
    await global.delete(CONFIG_MAP, 'embedded-platform-seed', PLACE)
    await seed({ client, log })
    expect((await global.listAll(MODULE_INFO)).items).toHaveLength(11)
  }, 90_000)
})
