import type { PackageWarning } from '#lib/domain/package-warning.ts'
import { compareVersions } from '#lib/domain/semver.ts'
import { versionOf } from '#lib/domain/module-name.ts'
import { ARTIFACT_VERSION, type ArtifactVersion } from '#lib/kinds/artifact.ts'
import { NAMESPACE } from '#lib/kinds/core.ts'
import { PLATFORM_NAMESPACE } from '#lib/kinds/labels.ts'
import { MODULE_CONFIG, type ModuleConfig } from '#lib/kinds/module-config.ts'
import { MODULE_PLUGIN, type ModulePlugin } from '#lib/kinds/module-plugin.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { AlreadyExistsError } from '#lib/kube/kube-error.ts'
import { PackageError } from './package-error.ts'
import { packageWarning, warningText } from './package-warning.ts'
import type { Change, PublishInput } from './publish-input.ts'
import { markStatus, recordRegistry, recordUpload, registryOf } from './publish-record.ts'
import { pushArtifacts, type PushedArtifact } from './registry/push-artifacts.ts'
import { RegistryError } from './registry/registry-error.ts'
import { addressOf } from './registry/registry-target.ts'
import { failedStatus, presentStatus, pushingStatus } from './upload-record.ts'
import { absentIfNotFound, upsertObject } from './upsert-object.ts'
import { conflict, isVersionConflict, specDifferences } from './version-conflict.ts'

/** How long a failure may take to be said on the record, in milliseconds. */
const MARK_MS = 5000
/** How often a record that others take over is taken back. */
const MARK_ATTEMPTS = 5

export interface PublishStep {
  name: 'push' | 'publish'
  state: 'running' | 'done' | 'skipped'
  detail: string
  /** The same as a code with values. */
  verdict: {
    code:
      | 'no-artifacts'
      | 'not-pushed'
      | 'pushing'
      | 'pushed'
      | 'checking'
      | 'writing'
      | 'published'
      | 'unchanged'
    params: Record<string, string>
  }
}

export interface PublishResult {
  plugin: string
  version: string
  /** False when exactly this stood already. */
  changed: boolean
  /** Null when they were not pushed now. */
  artifacts: PushedArtifact[] | null
  objects: Change[]
  warnings: PackageWarning[]
}

/**
 * Publishes what `readPackage` read: its artifacts, then ModuleConfigs, the ModulePlugin (which always describes the
 * newest version), and the record of it, which is Present last. Everything is tried as a dry run first; a publish that
 * was cut is completed by repeating it.
 * @throws PackageError `version-conflict` when the version stands with other content, and what `pushArtifacts` throws;
 * KubeError
 */
export async function publishPackage(
  input: PublishInput,
  onStep: (step: PublishStep) => void = () => {},
): Promise<PublishResult> {
  const { contents } = input
  const { plugin, version, artifacts } = contents
  const isPushed = artifacts.length > 0 && input.push !== undefined
  const registry = registryOf(input)
  if (!isPushed) onStep(notPushedStep(artifacts.length, registry))
  onStep(step(isPushed ? 'push' : 'publish', 'checking', 'Checking against what is published'))
  await ensureNamespace(input.client, input.signal)
  await checkObjects(input)
  const record = await recordUpload(input, false)
  const pushed = await pushAll(input, record.version, onStep)
  const named = await recordRegistry(input)
  onStep(step('publish', 'writing', 'Writing objects'))
  const written = await writeObjects(input, false)
  // What was pushed once is not said to be nowhere because this time nobody named a registry.
  const stands = record.version.status?.phase === 'Present' && record.changes.every(isUnchanged)
  const isMarked = !(stands && registry === null) && (await markPresent(input, record.version, registry))
  const objects = [...written, ...record.changes].map((one) => {
    const isChangedToo =
      (one.kind === ARTIFACT_VERSION.kind && isMarked) || (one.kind === named.kind && !isUnchanged(named))
    return isUnchanged(one) && isChangedToo ? { ...one, change: 'updated' as const } : one
  })
  const changes = [
    ...(pushed ?? []).map(({ repository, tag, change }) => ({ name: `${repository}:${tag}`, change })),
    ...objects.map(({ kind, name, change }) => ({ name: `${kind} ${name}`, change })),
  ].filter((one) => !isUnchanged(one))
  const changed = changes.length > 0
  const detail = changed
    ? changes.map(({ name, change }) => `${name} ${change}`).join(', ')
    : `${plugin} ${version} stood already, just so`
  onStep({
    name: 'publish',
    state: 'done',
    detail,
    verdict: changed
      ? { code: 'published', params: { objects: changes.map(({ name }) => name).join(', ') } }
      : { code: 'unchanged', params: { plugin, version } },
  })
  const warnings = artifacts.length === 0 || registry !== null ? [] : [notPushed(artifacts.length)]
  return {
    plugin,
    version,
    changed,
    artifacts: pushed,
    objects,
    warnings: [...contents.warnings, ...warnings],
  }
}

/**
 * Says on the record that the version is there. Another content of it that took the record over meanwhile has lost:
 * the objects are this one's.
 * @throws PackageError `version-conflict` when the other one was there first
 */
async function markPresent(
  input: PublishInput,
  record: ArtifactVersion,
  registry: string | null,
): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await markStatus(input, record, presentStatus(input.contents, registry))
    } catch (error) {
      if (!isVersionConflict(error) || attempt === MARK_ATTEMPTS) throw error
      await recordUpload(input, false)
    }
  }
}

/** Nothing but the record stands before this is through. */
async function pushAll(
  input: PublishInput,
  record: ArtifactVersion,
  onStep: (step: PublishStep) => void,
): Promise<PushedArtifact[] | null> {
  const { contents, push, signal, replace = false } = input
  if (push === undefined || contents.artifacts.length === 0) return null
  const params = { artifacts: String(contents.artifacts.length), registry: addressOf(push.target) }
  onStep(step('push', 'pushing', `${count(contents.artifacts.length)} to ${params.registry}`, params))
  // A version that stands goes on standing while it is made sure that its artifacts do too.
  const isStanding = record.status?.phase === 'Present' && !replace
  if (!isStanding) await markStatus(input, record, pushingStatus(contents, params.registry))
  try {
    const result = await pushArtifacts({
      ...push,
      contents,
      replace,
      ...(signal !== undefined && { signal }),
    })
    const changed = result.artifacts.filter(({ change }) => change === 'pushed')
    const detail = `${count(changed.length)} pushed to ${params.registry}, ${result.sentBytes} bytes`
    onStep({ ...step('push', 'pushed', detail, params), state: 'done' })
    return result.artifacts
  } catch (error) {
    if (!isStanding) await markFailed(input, record, error)
    throw error
  }
}

/** Says on the record why it goes no further; what stops that is no news beside the reason. */
async function markFailed(input: PublishInput, record: ArtifactVersion, error: unknown): Promise<void> {
  const isOurs = error instanceof RegistryError || error instanceof PackageError
  const message = isOurs ? error.message : 'The push was cut off'
  const status = failedStatus(input.contents, message)
  const signal = AbortSignal.timeout(MARK_MS)
  await markStatus({ ...input, signal }, record, status).catch(() => undefined)
}

function step(
  name: PublishStep['name'],
  code: PublishStep['verdict']['code'],
  detail: string,
  params: Record<string, string> = {},
): PublishStep {
  return { name, state: 'running', detail, verdict: { code, params } }
}

function isUnchanged({ change }: { change: string }): boolean {
  return change === 'unchanged'
}

/** @param registry where they are said to be already; null for nowhere */
function notPushedStep(artifacts: number, registry: string | null): PublishStep {
  if (artifacts > 0 && registry !== null) {
    const params = { artifacts: String(artifacts), registry }
    return {
      ...step('push', 'pushed', `${count(artifacts)} said to be in ${registry}`, params),
      state: 'skipped',
    }
  }
  const code = artifacts === 0 ? 'no-artifacts' : 'not-pushed'
  const detail = artifacts === 0 ? 'The package lists no artifacts' : warningText(notPushed(artifacts))
  return { ...step('push', code, detail, { artifacts: String(artifacts) }), state: 'skipped' }
}

function count(artifacts: number): string {
  return `${artifacts} ${artifacts === 1 ? 'artifact' : 'artifacts'}`
}

function notPushed(artifacts: number): PackageWarning {
  return packageWarning('not-pushed', { artifacts: String(artifacts) })
}

/** Tries all writes. Objects come before the record here: what differs in them says more to people. */
async function checkObjects(input: PublishInput): Promise<void> {
  await writeObjects(input, true)
  await recordUpload(input, true)
}

async function writeObjects(
  { client, contents, signal, replace = false }: PublishInput,
  dryRun: boolean,
): Promise<Change[]> {
  const { modulePlugin, moduleConfigs } = contents.resources
  const changes: Change[] = []
  for (const config of moduleConfigs) {
    const mayReplace = (live: ModuleConfig, wanted: ModuleConfig) =>
      replace || refuseOtherSpec(contents.plugin, live, wanted)
    const { change } = await upsertObject(client, MODULE_CONFIG, config, { dryRun, signal, mayReplace })
    changes.push({ kind: MODULE_CONFIG.kind, name: config.metadata.name, change })
  }
  const { change } = await upsertObject(client, MODULE_PLUGIN, modulePlugin, {
    dryRun,
    signal,
    mayReplace: isNotOlder,
  })
  return [...changes, { kind: MODULE_PLUGIN.kind, name: modulePlugin.metadata.name, change }]
}

/** An older package adds its ModuleConfig; the ModulePlugin goes on describing the newest. */
function isNotOlder(live: ModulePlugin, wanted: ModulePlugin): boolean {
  const liveVersion = versionOf(live.spec)
  return liveVersion === undefined || compareVersions(liveVersion, versionOf(wanted.spec) ?? '') <= 0
}

function refuseOtherSpec(plugin: string, live: ModuleConfig, wanted: ModuleConfig): boolean {
  const differences = specDifferences(live, wanted)
  if (differences.length > 0) throw conflict(plugin, live.spec.version ?? '', differences)
  return true
}

async function ensureNamespace(client: KubeClient, signal: AbortSignal | undefined): Promise<void> {
  if ((await client.get(NAMESPACE, PLATFORM_NAMESPACE, { signal }).catch(absentIfNotFound)) !== undefined)
    return
  const namespace = { apiVersion: 'v1', kind: NAMESPACE.kind, metadata: { name: PLATFORM_NAMESPACE } }
  await client.create(NAMESPACE, namespace, { signal }).catch((error: unknown) => {
    if (!(error instanceof AlreadyExistsError)) throw error
  })
}
