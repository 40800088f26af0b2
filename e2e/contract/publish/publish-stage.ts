import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { parse } from 'yaml'
import { afterAll, beforeAll } from 'vitest'
import { contractTarget, type Target } from '#e2e/contract/target.ts'
import { ARTIFACT, ARTIFACT_VERSION, type Artifact, type ArtifactVersion } from '#lib/kinds/artifact.ts'
import { PLATFORM_NAMESPACE } from '#lib/kinds/labels.ts'
import { MODULE_CONFIG, type ModuleConfig } from '#lib/kinds/module-config.ts'
import { MODULE_PLUGIN, type ModulePlugin } from '#lib/kinds/module-plugin.ts'
import type { KubeObject, Resource } from '#lib/kinds/object.ts'
import { createKubeClient } from '#lib/kube/http-kube-client.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { NotFoundError } from '#lib/kube/kube-error.ts'
import { loadKubeconfig } from '#lib/kube/load-config.ts'
import { managedFieldsOf } from '#lib/kube/managed-fields.ts'
import type { PackageArtifact, PackageContents } from '#lib/packages/package-contents.ts'
import { publishPackage, type PublishResult } from '#lib/packages/publish-package.ts'
import { readPackage } from '#lib/packages/read-package.ts'
import { packEntries, pluginYaml } from '#lib/packages/testing/pack-entries.ts'

const CRDS = new URL('../../../crds/', import.meta.url)
const PLACE = { namespace: PLATFORM_NAMESPACE }
const CRD: Resource = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  plural: 'customresourcedefinitions',
  kind: 'CustomResourceDefinition',
  namespaced: false,
}

/** Everything that publishing writes for one version. */
export interface PublishedObjects {
  plugin: ModulePlugin
  config: ModuleConfig
  artifact: Artifact
  record: ArtifactVersion
}

/** An API server that has the kinds of a platform, with an administrator's client. */
export class PublishStage {
  readonly target: Target
  #client: KubeClient | undefined
  readonly #names: string[] = []

  constructor(target: Target) {
    this.target = target
  }

  get client(): KubeClient {
    if (this.#client === undefined) throw new Error('the stage is not open')
    return this.#client
  }

  async open(): Promise<void> {
    this.#client = createKubeClient(loadKubeconfig(this.target.kubeconfig), { cluster: 'global' })
    for (const file of await readdir(CRDS)) {
      const body = parse(await readFile(new URL(file, CRDS), 'utf8')) as KubeObject
      const patch = { type: 'apply', body, fieldManager: 'tests', force: true } as const
      await this.client.patch(CRD, body.metadata.name, patch)
    }
    const kinds: Resource[] = [MODULE_PLUGIN, MODULE_CONFIG, ARTIFACT, ARTIFACT_VERSION]
    for (const resource of kinds)
      for (let tries = 1; ; tries++)
        try {
          await this.client.list(resource)
          break
        } catch (error) {
          // A definition takes a moment until it is served.
          if (!(error instanceof NotFoundError) || tries === 200) throw error
          await sleep(50)
        }
  }

  async close(): Promise<void> {
    for (const name of this.#names) {
      const { items } = await this.client.listAll(MODULE_CONFIG)
      for (const { metadata } of items)
        if (metadata.labels?.['cpaas.io/module-name'] === name)
          await this.#remove(MODULE_CONFIG, metadata.name)
      await this.#remove(MODULE_PLUGIN, name)
      await this.#remove(ARTIFACT, name)
    }
    await this.client.close()
  }

  async #remove(resource: Resource, name: string): Promise<void> {
    await this.client.delete(resource, name, resource.namespaced ? PLACE : {}).catch(() => undefined)
  }

  /** A plugin's name that no other test has. */
  newName(): string {
    const name = `published-${randomBytes(4).toString('hex')}`
    this.#names.push(name)
    return name
  }

  publish(
    contents: PackageContents,
    options: { replace?: boolean; by?: KubeClient } = {},
  ): Promise<PublishResult> {
    const { replace = false, by = this.client } = options
    return publishPackage({ client: by, contents, fileName: 'made.tgz', uploadedBy: 'ann', replace })
  }

  async objects(name: string, version = 'v1.0.0'): Promise<PublishedObjects> {
    const [plugin, config, artifact, record] = await Promise.all([
      this.client.get(MODULE_PLUGIN, name),
      this.client.get(MODULE_CONFIG, `${name}-${version}`),
      this.client.get(ARTIFACT, name, PLACE),
      this.client.get(ARTIFACT_VERSION, `${name}.${version}`, PLACE),
    ])
    return { plugin, config, artifact, record }
  }
}

/** Gives a test file its stage, on the server of `contractTarget`. */
export function publishStage(): PublishStage {
  const stage = new PublishStage(contractTarget())
  beforeAll(() => stage.open())
  afterAll(() => stage.close())
  return stage
}

/** What reading a package gives: of this plugin and version, saying this beside what every one must say. */
export async function contentsOf(
  name: string,
  spec: object = {},
  version = 'v1.0.0',
): Promise<PackageContents> {
  const yaml = pluginYaml().replaceAll('demo', name).replace('v1.0.0', version)
  const file = await packEntries([
    ['res/resources.yaml', yaml],
    ['res/artifacts.txt', ''],
  ])
  const contents = await readPackage(Readable.from([file]))
  const { modulePlugin, moduleConfigs } = contents.resources
  for (const object of [modulePlugin, moduleConfigs[0]])
    object.spec = { ...object.spec, ...structuredClone(spec) }
  return contents
}

/** An artifact that makes a package's content another one. */
export function artifactOf(name: string, content: number): PackageArtifact {
  const digest = `sha256:${String(content).padStart(64, '0')}`
  return { repository: `ait/${name}`, tag: 'v1', digest, type: 'image', platforms: [], bytes: 1 }
}

/** Everybody who owns something of an object, in order. */
export function managersOf(object: KubeObject): string[] {
  return managedFieldsOf(object)
    .map(({ manager = '' }) => manager)
    .toSorted((a, b) => (a < b ? -1 : 1))
}

/** Who owns something of an object's spec: `manager Operation`, in order. */
export function ownersOfSpec(object: KubeObject): string[] {
  return managedFieldsOf(object)
    .filter(({ fieldsV1 }) => fieldsV1?.['f:spec'] !== undefined)
    .map(({ manager, operation }) => `${manager} ${operation}`)
    .toSorted()
}

/** The revision of each published object: what a write changes. */
export function revisionsOf(objects: PublishedObjects): (string | undefined)[] {
  return Object.values(objects).map(({ metadata }: KubeObject) => metadata.resourceVersion)
}
