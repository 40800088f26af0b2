import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { crossClusterLabels } from '#lib/domain/cross-cluster-choice.ts'
import { compareVersions } from '#lib/domain/semver.ts'
import { GLOBAL_CLUSTER } from '#lib/kinds/cluster.ts'
import { NAMESPACE } from '#lib/kinds/core.ts'
import { LABEL, MODULE_TYPE_PLUGIN, PLATFORM_ACTOR, PLATFORM_NAMESPACE } from '#lib/kinds/labels.ts'
import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import { MODULE_PLUGIN } from '#lib/kinds/module-plugin.ts'
import { apiVersionOf, type KubeObject, type Resource } from '#lib/kinds/object.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { AlreadyExistsError } from '#lib/kube/kube-error.ts'
import { buildPackage, loadPluginSource } from '#lib/packages/build-package.ts'
import { publishPackage } from '#lib/packages/publish-package.ts'
import { readPackage } from '#lib/packages/read-package.ts'
import { selectObjects } from '#lib/packages/select-objects.ts'
import { clusterContents, EMBEDDED_CLUSTERS } from './cluster-contents.ts'
import { openSeedRecord, type SeedRecord } from './seed-record.ts'
import { INSTALLATIONS, NOT_PUBLISHED, type SeedInstallation } from './seed-plan.ts'

export interface SeedOptions {
  /** A client for each embedded cluster, by its name. */
  client: (cluster: string) => KubeClient
  /** One line for each thing done. */
  log: (line: string) => void
  /** Package sources, `<plugin>/<version>/…`; the project's own unless given. */
  examplesDir?: string
  signal?: AbortSignal
}

const EXAMPLES = resolve(import.meta.dirname, '../../examples')
const KNOWN_PLUGIN = 'known-plugin.yaml'

/**
 * Gives an embedded platform its first contents: objects that forms pick from, the example plugins (each through
 * building, reading and publishing a package, as an upload would), and older installations. Each item is made once
 * in the platform's life; a seeding cut short goes on where it stopped. Waits for no controller.
 * @throws KubeError, PackageError
 */
export async function seed(options: SeedOptions): Promise<void> {
  const { client, log } = options
  const global = client(GLOBAL_CLUSTER)
  for (const cluster of EMBEDDED_CLUSTERS) await createOnce(client(cluster), NAMESPACE, platformNamespace())
  const record = await openSeedRecord(global)
  for (const cluster of EMBEDDED_CLUSTERS) {
    const item = `objects.${cluster}`
    if (record.has(item)) continue
    for (const { resource, object } of clusterContents(cluster))
      await createOnce(client(cluster), resource, object)
    await record.add([item])
  }
  await publishExamples(global, record, options)
  const installed: string[] = []
  for (const installation of INSTALLATIONS) {
    const item = `installation.${installation.cluster}.${installation.plugin}`
    if (record.has(item)) continue
    if (await install(global, installation))
      log(`installed ${installation.plugin} ${installation.version} on ${installation.cluster}`)
    installed.push(item)
  }
  await record.add(installed)
}

async function publishExamples(
  client: KubeClient,
  record: SeedRecord,
  { log, examplesDir = EXAMPLES, signal }: SeedOptions,
): Promise<void> {
  for (const plugin of await folders(examplesDir)) {
    const published: string[] = []
    for (const version of (await folders(join(examplesDir, plugin))).toSorted(compareVersions)) {
      const item = `package.${plugin}.${version}`
      if (NOT_PUBLISHED.has(`${plugin}/${version}`) || record.has(item)) continue
      const bytes = await buildPackage(join(examplesDir, plugin, version))
      const contents = await readPackage(Readable.from([bytes]), { signal })
      const fileName = `${plugin}-${version}.tgz`
      await publishPackage({ client, contents, fileName, uploadedBy: null, signal })
      published.push(item)
      log(`published ${plugin} ${version}`)
    }
    const known = `plugin.${plugin}`
    const files = await readdir(join(examplesDir, plugin))
    if (files.includes(KNOWN_PLUGIN) && !record.has(known)) {
      const { modulePlugin } = selectObjects(await loadPluginSource(join(examplesDir, plugin, KNOWN_PLUGIN)))
      await createOnce(client, MODULE_PLUGIN, modulePlugin)
      published.push(known)
    }
    await record.add(published)
  }
}

/** Creates an installation unless the plugin is on that cluster; tells whether it did. */
async function install(client: KubeClient, installation: SeedInstallation): Promise<boolean> {
  const { cluster, plugin, version, config, isPlatformMade = false } = installation
  const labelSelector = `${LABEL.clusterName}=${cluster},${LABEL.moduleName}=${plugin}`
  const { items } = await client.listAll(MODULE_INFO, { labelSelector })
  if (items.length > 0) return false
  await client.create(MODULE_INFO, {
    apiVersion: apiVersionOf(MODULE_INFO),
    kind: MODULE_INFO.kind,
    metadata: {
      generateName: `${cluster}-${plugin}-`,
      labels: {
        [LABEL.clusterName]: cluster,
        [LABEL.moduleName]: plugin,
        [LABEL.moduleType]: MODULE_TYPE_PLUGIN,
        ...(isPlatformMade && {
          [LABEL.createdBy]: PLATFORM_ACTOR,
          [LABEL.updatedBy]: PLATFORM_ACTOR,
          [LABEL.deletedBy]: PLATFORM_ACTOR,
        }),
        ...crossClusterLabels(config),
      },
    },
    spec: { version, config },
  })
  return true
}

async function createOnce<T extends KubeObject>(
  client: KubeClient,
  resource: Resource<T>,
  object: T,
): Promise<void> {
  try {
    await client.create(resource, object, { namespace: object.metadata.namespace })
  } catch (error) {
    if (!(error instanceof AlreadyExistsError)) throw error
  }
}

function platformNamespace(): KubeObject {
  return { apiVersion: 'v1', kind: NAMESPACE.kind, metadata: { name: PLATFORM_NAMESPACE } }
}

async function folders(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true })
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).toSorted()
}
