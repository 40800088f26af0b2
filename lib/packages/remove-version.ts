import { pluginOf, versionOf } from '#lib/domain/module-name.ts'
import { compareVersions } from '#lib/domain/semver.ts'
import { ARTIFACT, ARTIFACT_VERSION, type ArtifactVersion } from '#lib/kinds/artifact.ts'
import { PLATFORM_NAMESPACE } from '#lib/kinds/labels.ts'
import { MODULE_CONFIG, type ModuleConfig } from '#lib/kinds/module-config.ts'
import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import { MODULE_PLUGIN } from '#lib/kinds/module-plugin.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { NotFoundError } from '#lib/kube/kube-error.ts'
import { recordedPlugin, recordedVersion } from './recorded-version.ts'
import { PUBLISHER } from './take-over.ts'
import { usedOn } from './unused-versions.ts'
import { VersionInUseError } from './version-in-use-error.ts'

export interface RemoveVersionInput {
  /** The global cluster's API. */
  client: KubeClient
  plugin: string
  version: string
  dryRun?: boolean
  signal?: AbortSignal
  /** What `readPublished` read, for who removes many versions: each one's objects are taken out of it. */
  published?: Published
}

/** The objects of all published versions. */
export interface Published {
  moduleConfigs: ModuleConfig[]
  artifactVersions: ArtifactVersion[]
}

export interface RemovedObject {
  kind: string
  name: string
  /** `set-back`: the ModulePlugin describes the newest version that is left. */
  change: 'deleted' | 'set-back'
}

const PLACE = { namespace: PLATFORM_NAMESPACE }

/** @throws KubeError */
export async function readPublished(client: KubeClient, signal?: AbortSignal): Promise<Published> {
  const configs = await client.listAll(MODULE_CONFIG, { signal })
  const records = await client.listAll(ARTIFACT_VERSION, { ...PLACE, signal }).catch(ignoreAbsence)
  return { moduleConfigs: configs.items, artifactVersions: records?.items ?? [] }
}

/**
 * Removes one published version of a plugin that is installed nowhere: its ModuleConfig, the record of its upload, and, with
 * the last one, the Artifact. The ModulePlugin stays, so that the plugin is known and Absent. Cut off anywhere, it is completed by
 * repeating it.
 * @returns what was removed, nothing when there was nothing
 * @throws VersionInUseError; KubeError
 */
export async function removeVersion(input: RemoveVersionInput): Promise<RemovedObject[]> {
  const { client, plugin, version, dryRun = false, signal } = input
  const infos = await client.listAll(MODULE_INFO, { signal })
  const clusters = usedOn(infos.items, plugin, version)
  if (clusters.length > 0) throw new VersionInUseError(plugin, version, clusters)
  const published = input.published ?? (await readPublished(client, signal))
  const configs = published.moduleConfigs.filter((config) => pluginOf(config) === plugin)
  const removed: RemovedObject[] = []
  const left = configs.filter((config) => versionOf(config.spec) !== version)
  // First, so that no controller makes the version again from a ModulePlugin that still describes it.
  removed.push(...(await setBack(input, left)))
  for (const config of configs.filter((each) => !left.includes(each))) {
    const { name, uid, resourceVersion } = config.metadata
    // Somebody who installs it now changes nothing here; who publishes it again does, and is left alone.
    await client.delete(MODULE_CONFIG, name, { uid, resourceVersion, dryRun, signal }).catch(ignoreAbsence)
    published.moduleConfigs.splice(published.moduleConfigs.indexOf(config), 1)
    removed.push({ kind: MODULE_CONFIG.kind, name, change: 'deleted' })
  }
  return [...removed, ...(await removeRecords(input, published))]
}

async function setBack(
  { client, plugin, version, dryRun, signal }: RemoveVersionInput,
  left: readonly ModuleConfig[],
): Promise<RemovedObject[]> {
  const [newest] = left
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .toSorted((a, b) => compareVersions(versionOf(b.spec) ?? '', versionOf(a.spec) ?? ''))
  const object = await client.get(MODULE_PLUGIN, plugin, { signal }).catch(ignoreAbsence)
  if (object === undefined || newest === undefined || versionOf(object.spec) !== version) return []
  const fieldManager = PUBLISHER
  await client.replace(MODULE_PLUGIN, { ...object, spec: newest.spec }, { dryRun, signal, fieldManager })
  return [{ kind: MODULE_PLUGIN.kind, name: plugin, change: 'set-back' }]
}

async function removeRecords(
  { client, plugin, version, dryRun, signal }: RemoveVersionInput,
  { artifactVersions }: Published,
): Promise<RemovedObject[]> {
  const removed: RemovedObject[] = []
  const records = artifactVersions.filter((record) => recordedPlugin(record) === plugin)
  const gone = records.filter((record) => recordedVersion(record) === version)
  for (const record of gone) {
    const { name, uid } = record.metadata
    await client.delete(ARTIFACT_VERSION, name, { ...PLACE, uid, dryRun, signal }).catch(ignoreAbsence)
    artifactVersions.splice(artifactVersions.indexOf(record), 1)
    removed.push({ kind: ARTIFACT_VERSION.kind, name, change: 'deleted' })
  }
  if (gone.length === 0 || gone.length < records.length) return removed
  const owner = gone[0]?.metadata.ownerReferences?.find(({ kind }) => kind === ARTIFACT.kind)
  if (owner === undefined) return removed
  const { name, uid } = owner
  await client.delete(ARTIFACT, name, { ...PLACE, uid, dryRun, signal }).catch(ignoreAbsence)
  return [...removed, { kind: ARTIFACT.kind, name, change: 'deleted' }]
}

function ignoreAbsence(error: unknown): undefined {
  if (error instanceof NotFoundError) return undefined
  throw error
}
