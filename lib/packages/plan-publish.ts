import { versionOf } from '#lib/domain/module-name.ts'
import { compareVersions } from '#lib/domain/semver.ts'
import { ARTIFACT, ARTIFACT_VERSION } from '#lib/kinds/artifact.ts'
import { PLATFORM_NAMESPACE } from '#lib/kinds/labels.ts'
import { MODULE_CONFIG, type ModuleConfig } from '#lib/kinds/module-config.ts'
import { MODULE_PLUGIN } from '#lib/kinds/module-plugin.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import type { PackageContents } from './package-contents.ts'
import { artifactsDigest, artifactVersionName, UPLOAD_ANNOTATION } from './upload-record.ts'
import { verdictText, type Verdict } from './verify/verdict.ts'
import { absentIfNotFound, upsertObject } from './upsert-object.ts'
import { specDifferences } from './version-conflict.ts'

/** What publishing would do to one object. */
export interface ObjectChange {
  kind: string
  name: string
  /** `conflict`: it stands with other content, and publishing would be refused. */
  change: 'created' | 'updated' | 'unchanged' | 'conflict'
  /** For a conflict: what differs, such as `spec.config`, or `artifacts`. */
  differences: string[]
}

export interface PlanInput {
  /** The global cluster's API. */
  client: KubeClient
  contents: PackageContents
  /** What checksum and signature said, where it is to be recorded. */
  verification?: Verdict | undefined
  signal?: AbortSignal
}

/**
 * What publishing a package would change, object by object. Everything is tried as a dry run; nothing is written.
 * @throws KubeError what the API server says, for instance of an object that it would not take
 */
export async function planPublish(input: PlanInput): Promise<ObjectChange[]> {
  const { client, contents, signal } = input
  const { modulePlugin, moduleConfigs } = contents.resources
  const changes: ObjectChange[] = []
  for (const config of moduleConfigs) changes.push(await planConfig(config, input))
  const plugin = await upsertObject(client, MODULE_PLUGIN, modulePlugin, {
    dryRun: true,
    signal,
    mayReplace: (live, wanted) =>
      compareVersions(versionOf(live.spec) ?? '', versionOf(wanted.spec) ?? '') <= 0,
  })
  changes.push({
    kind: MODULE_PLUGIN.kind,
    name: modulePlugin.metadata.name,
    change: plugin.change,
    differences: [],
  })
  return [...changes, ...(await planRecords(input))]
}

async function planConfig(config: ModuleConfig, { client, signal }: PlanInput): Promise<ObjectChange> {
  let differences: string[] = []
  const { change } = await upsertObject(client, MODULE_CONFIG, config, {
    dryRun: true,
    signal,
    mayReplace(live, wanted) {
      differences = specDifferences(live, wanted)
      return differences.length === 0
    },
  })
  return {
    kind: MODULE_CONFIG.kind,
    name: config.metadata.name,
    change: differences.length > 0 ? 'conflict' : change,
    differences,
  }
}

/** The records of the upload: dry runs can't be used, for the second belongs to the first. */
async function planRecords({ client, contents, verification, signal }: PlanInput): Promise<ObjectChange[]> {
  const place = { namespace: PLATFORM_NAMESPACE, signal }
  const { plugin, version } = contents
  const artifact = await client.get(ARTIFACT, plugin, place).catch(absentIfNotFound)
  const name = artifactVersionName(plugin, version)
  const record = await client.get(ARTIFACT_VERSION, name, place).catch(absentIfNotFound)
  const known = record?.metadata.annotations ?? {}
  const isWhole = record?.status?.phase === 'Present'
  const isOther = known[UPLOAD_ANNOTATION.artifacts] !== artifactsDigest(contents)
  const isVerdictNew =
    verification !== undefined &&
    known[UPLOAD_ANNOTATION.sha256] === contents.sha256 &&
    known[UPLOAD_ANNOTATION.verification] !== verdictText(verification)
  let change: ObjectChange['change'] = 'unchanged'
  if (record === undefined) change = 'created'
  else if (isOther && isWhole) change = 'conflict'
  else if (!isWhole || isVerdictNew) change = 'updated'
  return [
    {
      kind: ARTIFACT.kind,
      name: plugin,
      change: artifact === undefined ? 'created' : 'unchanged',
      differences: [],
    },
    {
      kind: ARTIFACT_VERSION.kind,
      name,
      change,
      differences: change === 'conflict' ? ['artifacts'] : [],
    },
  ]
}
