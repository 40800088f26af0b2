import { readdir, readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ARTIFACT, ARTIFACT_VERSION } from '#lib/kinds/artifact.ts'
import { NAMESPACE, SECRET } from '#lib/kinds/core.ts'
import { PLATFORM_NAMESPACE } from '#lib/kinds/labels.ts'
import { MODULE_CONFIG } from '#lib/kinds/module-config.ts'
import { MODULE_PLUGIN } from '#lib/kinds/module-plugin.ts'
import { createKubeClient } from '#lib/kube/http-kube-client.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { AlreadyExistsError, ForbiddenError, NotFoundError } from '#lib/kube/kube-error.ts'
import { loadKubeconfig } from '#lib/kube/load-config.ts'
import type { PackageContents } from '#lib/packages/package-contents.ts'
import { publishPackage, type PublishResult } from '#lib/packages/publish-package.ts'
import { readPackage } from '#lib/packages/read-package.ts'
import { removeVersion } from '#lib/packages/remove-version.ts'
import { packEntries, pluginYaml } from '#lib/packages/testing/pack-entries.ts'
import { applyManifest } from '../apply-manifest.ts'
import { tokenOf } from '../service-account-token.ts'
import { eventually } from '../test-platform.ts'

/** A real API server with RBAC, and its administrator's token. */
const KUBECONFIG = process.env['KUBE_TEST_KUBECONFIG'] ?? ''
const ROOT = new URL('../../..', import.meta.url).pathname
/** Another one each time: what earlier runs left behind on the server doesn't matter. */
const PLUGIN = `published-${Date.now().toString(36)}`
const PLACE = { namespace: PLATFORM_NAMESPACE }

describe('on a real API server, with the rights of deploy/console.yaml', () => {
  let admin: KubeClient
  let client: KubeClient

  beforeAll(async () => {
    const config = loadKubeconfig(KUBECONFIG)
    admin = createKubeClient(config, { cluster: 'global' })
    for (const file of await readdir(`${ROOT}/crds`))
      await applyManifest(admin, await readFile(`${ROOT}/crds/${file}`, 'utf8'))
    const namespace = { apiVersion: 'v1', kind: NAMESPACE.kind, metadata: { name: PLATFORM_NAMESPACE } }
    await admin.create(NAMESPACE, namespace).catch((error: unknown) => {
      if (!(error instanceof AlreadyExistsError)) throw error
    })
    await applyManifest(admin, await readFile(`${ROOT}/deploy/console.yaml`, 'utf8'))
    await eventually(async () => {
      await admin.list(MODULE_PLUGIN)
      await admin.list(MODULE_CONFIG)
      await admin.list(ARTIFACT_VERSION, PLACE)
    })
    const token = await tokenOf(KUBECONFIG, 'plugin-marketplace', 'console')
    config.users = [{ name: config.getCurrentUser()?.name ?? '', token }]
    client = createKubeClient(config, { cluster: 'global' })
  })
  afterAll(async () => {
    await client.close()
    await admin.close()
  })

  async function contentsOf(version: string, spec = ''): Promise<PackageContents> {
    const yaml = pluginYaml(spec).replaceAll('demo', PLUGIN).replace('v1.0.0', version)
    const file = await packEntries([
      ['res/resources.yaml', yaml],
      ['res/artifacts.txt', ''],
    ])
    return readPackage(Readable.from([file]))
  }
  const publish = (contents: PackageContents, replace = false): Promise<PublishResult> =>
    publishPackage({ client, contents, fileName: 'x.tgz', uploadedBy: null, replace })
  // Controllers of another test may be at work on the same server: whoever meets them tries again.
  const remove = (version: string) => eventually(() => removeVersion({ client, plugin: PLUGIN, version }))
  const pluginSpec = async () => (await admin.get(MODULE_PLUGIN, PLUGIN)).spec

  test('versions are published, replaced, taken over and removed', async () => {
    const first = await contentsOf('v1.0.0', '  config: {a: 1, none: null}')
    expect((await publish(first)).changed).toBe(true)
    expect((await publish(first)).changed).toBe(false)
    const other = await contentsOf('v1.0.0', '  config: {b: 1}')
    await expect(publish(other)).rejects.toMatchObject({ code: 'version-conflict' })
    expect((await publish(other, true)).changed).toBe(true)

    // As violet leaves a version behind: written by PUT, saying more than the package that follows.
    const old = await contentsOf('v2.0.0', '  config: {old: 1}\n  labelCluster: old')
    await admin.create(MODULE_CONFIG, old.resources.moduleConfigs[0])
    const value = old.resources.modulePlugin.spec
    const operations = [{ op: 'replace', path: '/spec', value } as const]
    await admin.patch(MODULE_PLUGIN, PLUGIN, { type: 'json', operations })
    const second = await contentsOf('v2.0.0', '  config: {new: 1}')
    await expect(publish(second)).rejects.toMatchObject({ code: 'version-conflict' })
    await publish(second, true)
    expect(await pluginSpec()).toEqual(second.resources.modulePlugin.spec)
    const config = await admin.get(MODULE_CONFIG, `${PLUGIN}-v2.0.0`)
    expect(config.spec).toEqual(second.resources.moduleConfigs[0].spec)

    await remove('v2.0.0')
    expect(await pluginSpec()).toEqual(other.resources.modulePlugin.spec)
    await remove('v1.0.0')
    await expect(admin.get(ARTIFACT, PLUGIN, PLACE)).rejects.toThrow(NotFoundError)
  })

  test('and nothing that is not its own can be read', async () => {
    await expect(client.list(SECRET, PLACE)).rejects.toThrow(ForbiddenError)
    // The registry's credentials may be read; this platform has none.
    await expect(client.get(SECRET, 'registry-admin', PLACE)).rejects.toThrow(NotFoundError)
    await expect(client.get(SECRET, 'another', PLACE)).rejects.toThrow(ForbiddenError)
    await expect(client.delete(MODULE_PLUGIN, PLUGIN)).rejects.toThrow(ForbiddenError)
  })
})
