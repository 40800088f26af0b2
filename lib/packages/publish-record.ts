import { canonicalJson } from '#lib/domain/spec-hash.ts'
import { ARTIFACT, ARTIFACT_VERSION, type ArtifactVersion } from '#lib/kinds/artifact.ts'
import { PLATFORM_NAMESPACE } from '#lib/kinds/labels.ts'
import { ConflictError } from '#lib/kube/kube-error.ts'
import type { Change, PublishInput } from './publish-input.ts'
import { addressOf } from './registry/registry-target.ts'
import { artifactFor, artifactsDigest, artifactVersionFor, UPLOAD_ANNOTATION } from './upload-record.ts'
import { upsertObject } from './upsert-object.ts'
import { conflict } from './version-conflict.ts'

/**
 * Writes Artifact and ArtifactVersion: the record that a version is being published.
 * @throws PackageError `version-conflict`; KubeError
 */
export async function recordUpload(
  input: PublishInput,
  dryRun: boolean,
): Promise<{ version: ArtifactVersion; changes: Change[] }> {
  const { client, contents, fileName, uploadedBy, uploadedAt = new Date(), signal, replace = false } = input
  const verification = input.verification ?? null
  const place = { namespace: PLATFORM_NAMESPACE, dryRun, signal }
  const artifact = await upsertObject(client, ARTIFACT, artifactFor(contents, null), {
    ...place,
    // Versions may come from different repositories; the Artifact keeps the first.
    mayReplace: () => false,
  })
  const wanted = artifactVersionFor(
    contents,
    { fileName, uploadedBy, uploadedAt, verification },
    artifact.object,
  )
  // The same objects over other charts or images are other content too.
  const isOther = ({ metadata }: ArtifactVersion): boolean =>
    metadata.annotations?.[UPLOAD_ANNOTATION.artifacts] !==
    wanted.metadata.annotations?.[UPLOAD_ANNOTATION.artifacts]
  const version = await upsertObject(client, ARTIFACT_VERSION, wanted, {
    ...place,
    // The same content packed again keeps the record of its first upload; what was cut off on the way published nothing.
    mayReplace: (live) =>
      ((replace || live.status?.phase !== 'Present') && isOther(live)) ||
      (verification !== null && isVerdictNew(live, wanted)) ||
      live.metadata.annotations?.[UPLOAD_ANNOTATION.sha256] === undefined ||
      live.metadata.ownerReferences?.some(({ uid }) => uid === artifact.object.metadata.uid) !== true,
  })
  if (isOther(version.object)) throw conflict(contents.plugin, contents.version, ['artifacts'])
  return {
    version: version.object,
    changes: [
      { kind: ARTIFACT.kind, name: contents.plugin, change: artifact.change },
      { kind: ARTIFACT_VERSION.kind, name: wanted.metadata.name, change: version.change },
    ],
  }
}

/** The same file came again, with a checksum or signature that says something new. */
function isVerdictNew(live: ArtifactVersion, wanted: ArtifactVersion): boolean {
  const of = ({ metadata }: ArtifactVersion, key: keyof typeof UPLOAD_ANNOTATION) =>
    metadata.annotations?.[UPLOAD_ANNOTATION[key]]
  const isSame = of(live, 'sha256') === of(wanted, 'sha256')
  return isSame && of(live, 'verification') !== of(wanted, 'verification')
}

/**
 * Says on the record how far its version is; tells whether that was news.
 * @throws PackageError `version-conflict` when another content of the version took the record over; KubeError
 */
export async function markStatus(
  { client, contents, signal }: PublishInput,
  record: ArtifactVersion,
  wanted: NonNullable<ArtifactVersion['status']>,
): Promise<boolean> {
  const place = { namespace: PLATFORM_NAMESPACE, signal }
  for (let attempt = 1; ; attempt++) {
    const live = await client.get(ARTIFACT_VERSION, record.metadata.name, place)
    if (live.metadata.annotations?.[UPLOAD_ANNOTATION.artifacts] !== artifactsDigest(contents))
      throw conflict(contents.plugin, contents.version, ['artifacts'])
    const status = { ...live.status, ...wanted }
    if (canonicalJson(status) === canonicalJson(live.status ?? {})) return false
    try {
      await client.replace(ARTIFACT_VERSION, { ...live, status }, { ...place, subresource: 'status' })
      return true
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt > 5) throw error
    }
  }
}

/**
 * Says on the Artifact where its artifacts are, once they are there: where those of the latest version went.
 * @throws KubeError
 */
export async function recordRegistry(input: PublishInput): Promise<Change> {
  const { client, contents, signal } = input
  const registry = registryOf(input)
  const what = { kind: ARTIFACT.kind, name: contents.plugin }
  if (registry === null || contents.artifacts.length === 0) return { ...what, change: 'unchanged' }
  const { change } = await upsertObject(client, ARTIFACT, artifactFor(contents, registry), {
    namespace: PLATFORM_NAMESPACE,
    ...(signal !== undefined && { signal }),
    mayReplace: ({ spec }) => spec.registry !== registry,
  })
  return { ...what, change }
}

/** Where the artifacts are to be, for people; null for nowhere. */
export function registryOf({ push, registry }: PublishInput): string | null {
  return push === undefined ? (registry ?? null) : addressOf(push.target)
}
