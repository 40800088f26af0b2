import { compareVersions } from '#lib/domain/semver.ts'
import { canonicalJson } from '#lib/domain/spec-hash.ts'
import { versionOf } from '#lib/domain/module-name.ts'
import { ARTIFACT, ARTIFACT_VERSION, type ArtifactVersion } from '#lib/kinds/artifact.ts'
import { NAMESPACE } from '#lib/kinds/core.ts'
import { PLATFORM_NAMESPACE } from '#lib/kinds/labels.ts'
import { MODULE_CONFIG, type ModuleConfig } from '#lib/kinds/module-config.ts'
import { MODULE_PLUGIN, type ModulePlugin } from '#lib/kinds/module-plugin.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { AlreadyExistsError, ConflictError } from '#lib/kube/kube-error.ts'
import type { PackageContents } from './package-contents.ts'
import { PackageError } from './package-error.ts'
import { artifactFor, artifactVersionFor, presentStatus, UPLOAD_ANNOTATION } from './upload-record.ts'
import { absentIfNotFound, upsertObject } from './upsert-object.ts'

export interface PublishInput {
  /** The global cluster's API, with the rights of the person uploading. */
  client: KubeClient
  contents: PackageContents
  /** Name of the package file. */
  fileName: string
  uploadedBy: string | null
  /** Now, unless given. */
  uploadedAt?: Date
  signal?: AbortSignal
}

export interface PublishStep {
  name: 'push' | 'publish'
  state: 'running' | 'done' | 'skipped'
  detail: string
  /** The same as a code with values. */
  verdict: {
    code: 'no-artifacts' | 'not-pushed' | 'checking' | 'writing' | 'published' | 'unchanged'
    params: Record<string, string>
  }
}

export interface PublishResult {
  plugin: string
  version: string
  /** False when exactly this stood already. */
  changed: boolean
  warnings: string[]
}

/**
 * Publishes what `readPackage` read: ModuleConfigs, the ModulePlugin (which always describes the newest version),
 * Artifact and ArtifactVersion. Everything is tried as a dry run first; a cut publish is completed by repeating it.
 * @throws PackageError `version-conflict` when the version stands with other content; KubeError
 */
export async function publishPackage(
  input: PublishInput,
  onStep?: (step: PublishStep) => void,
): Promise<PublishResult> {
  const { client, contents, signal } = input
  const { plugin, version, artifacts } = contents
  onStep?.({
    name: 'push',
    state: 'skipped',
    detail: pushDetail(artifacts.length),
    verdict: {
      code: artifacts.length === 0 ? 'no-artifacts' : 'not-pushed',
      params: { artifacts: String(artifacts.length) },
    },
  })
  onStep?.({
    name: 'publish',
    state: 'running',
    detail: 'Checking against what is published',
    verdict: { code: 'checking', params: {} },
  })
  await ensureNamespace(client, signal)
  await checkObjects(input)
  onStep?.({
    name: 'publish',
    state: 'running',
    detail: 'Writing objects',
    verdict: { code: 'writing', params: {} },
  })
  const changes = (await applyObjects(input)).filter(({ change }) => change !== 'unchanged')
  const changed = changes.length > 0
  const detail = changed
    ? changes.map(({ name, change }) => `${name} ${change}`).join(', ')
    : `${plugin} ${version} stood already, just so`
  onStep?.({
    name: 'publish',
    state: 'done',
    detail,
    verdict: changed
      ? { code: 'published', params: { objects: changes.map(({ name }) => name).join(', ') } }
      : { code: 'unchanged', params: { plugin, version } },
  })
  const warnings = artifacts.length === 0 ? [] : [pushDetail(artifacts.length)]
  return { plugin, version, changed, warnings: [...contents.warnings, ...warnings] }
}

function pushDetail(count: number): string {
  return count === 0
    ? 'The package lists no artifacts'
    : `No registry is configured: ${count} ${count === 1 ? 'artifact was' : 'artifacts were'} not pushed`
}

/** Tries all writes. Objects come before the record here: what differs in them says more to people. */
async function checkObjects(input: PublishInput): Promise<void> {
  await writeObjects(input, true)
  await recordUpload(input, true)
}

/** The record comes first and is Present last: no version is ready before all of it is there. */
async function applyObjects(input: PublishInput): Promise<Change[]> {
  const record = await recordUpload(input, false)
  const changes = await writeObjects(input, false)
  const isMarked = await markPresent(input, record.version)
  return [...changes, ...record.changes, ...(isMarked ? [{ name: 'upload', change: 'recorded' }] : [])]
}

interface Change {
  name: string
  change: string
}

async function writeObjects({ client, contents, signal }: PublishInput, dryRun: boolean): Promise<Change[]> {
  const { modulePlugin, moduleConfigs } = contents.resources
  const changes: Change[] = []
  for (const config of moduleConfigs) {
    const mayReplace = (live: ModuleConfig, wanted: ModuleConfig) =>
      refuseOtherSpec(contents.plugin, live, wanted)
    const { change } = await upsertObject(client, MODULE_CONFIG, config, { dryRun, signal, mayReplace })
    changes.push({ name: `${MODULE_CONFIG.kind} ${config.metadata.name}`, change })
  }
  const { change } = await upsertObject(client, MODULE_PLUGIN, modulePlugin, {
    dryRun,
    signal,
    mayReplace: isNotOlder,
  })
  return [...changes, { name: `${MODULE_PLUGIN.kind} ${modulePlugin.metadata.name}`, change }]
}

async function recordUpload(
  { client, contents, fileName, uploadedBy, uploadedAt = new Date(), signal }: PublishInput,
  dryRun: boolean,
): Promise<{ version: ArtifactVersion; changes: Change[] }> {
  const place = { namespace: PLATFORM_NAMESPACE, dryRun, signal }
  const artifact = await upsertObject(client, ARTIFACT, artifactFor(contents), {
    ...place,
    // Versions may come from different repositories; the Artifact keeps the first.
    mayReplace: () => false,
  })
  const wanted = artifactVersionFor(contents, { fileName, uploadedBy, uploadedAt }, artifact.object)
  // The same objects over other charts or images are other content too.
  const isOther = ({ metadata }: ArtifactVersion): boolean =>
    metadata.annotations?.[UPLOAD_ANNOTATION.artifacts] !==
    wanted.metadata.annotations?.[UPLOAD_ANNOTATION.artifacts]
  const version = await upsertObject(client, ARTIFACT_VERSION, wanted, {
    ...place,
    // The same content packed again keeps the record of its first upload; what was cut off on the way published nothing.
    mayReplace: (live) =>
      (live.status?.phase !== 'Present' && isOther(live)) ||
      live.metadata.annotations?.[UPLOAD_ANNOTATION.sha256] === undefined ||
      live.metadata.ownerReferences?.some(({ uid }) => uid === artifact.object.metadata.uid) !== true,
  })
  if (isOther(version.object)) throw conflict(contents.plugin, contents.version, ['artifacts'])
  const changes = [
    { name: `${ARTIFACT.kind} ${contents.plugin}`, change: artifact.change },
    { name: `${ARTIFACT_VERSION.kind} ${wanted.metadata.name}`, change: version.change },
  ]
  return { version: version.object, changes }
}

/** Tells whether there was anything to mark. */
async function markPresent(
  { client, contents, signal }: PublishInput,
  record: ArtifactVersion,
): Promise<boolean> {
  const place = { namespace: PLATFORM_NAMESPACE, signal }
  for (let live = record, attempt = 1; live.status?.phase !== 'Present'; attempt++) {
    try {
      const status = { ...live.status, ...presentStatus(contents) }
      await client.replace(ARTIFACT_VERSION, { ...live, status }, { ...place, subresource: 'status' })
      return true
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt > 5) throw error
      live = await client.get(ARTIFACT_VERSION, record.metadata.name, place)
    }
  }
  return false
}

/** An older package adds its ModuleConfig; the ModulePlugin goes on describing the newest. */
function isNotOlder(live: ModulePlugin, wanted: ModulePlugin): boolean {
  const liveVersion = versionOf(live.spec)
  return liveVersion === undefined || compareVersions(liveVersion, versionOf(wanted.spec) ?? '') <= 0
}

function refuseOtherSpec(plugin: string, live: ModuleConfig, wanted: ModuleConfig): boolean {
  const differences = [...new Set([...Object.keys(live.spec), ...Object.keys(wanted.spec)])]
    .filter((field) => canonicalJson(fieldOf(live, field)) !== canonicalJson(fieldOf(wanted, field)))
    .map((field) => `spec.${field}`)
    .toSorted()
  if (differences.length > 0) throw conflict(plugin, live.spec.version ?? '', differences)
  return true
}

function fieldOf(config: ModuleConfig, field: string): unknown {
  return (config.spec as object as Record<string, unknown>)[field]
}

function conflict(plugin: string, version: string, differences: string[]): PackageError {
  const message = `${plugin} ${version} is published already with other content (${differences.join(', ')}). A published version is never replaced: give the package a new version`
  return new PackageError('version-conflict', message, { differences })
}

async function ensureNamespace(client: KubeClient, signal: AbortSignal | undefined): Promise<void> {
  if ((await client.get(NAMESPACE, PLATFORM_NAMESPACE, { signal }).catch(absentIfNotFound)) !== undefined)
    return
  const namespace = { apiVersion: 'v1', kind: NAMESPACE.kind, metadata: { name: PLATFORM_NAMESPACE } }
  await client.create(NAMESPACE, namespace, { signal }).catch((error: unknown) => {
    if (!(error instanceof AlreadyExistsError)) throw error
  })
}
