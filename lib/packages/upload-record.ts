import { createHash } from 'node:crypto'
import { versionInNames } from '#lib/domain/module-name.ts'
import { canonicalJson } from '#lib/domain/spec-hash.ts'
import { ARTIFACT, ARTIFACT_VERSION, type Artifact, type ArtifactVersion } from '#lib/kinds/artifact.ts'
import { LABEL, MODULE_TYPE_PLUGIN, PLATFORM_NAMESPACE } from '#lib/kinds/labels.ts'
import { apiVersionOf } from '#lib/kinds/object.ts'
import { keptContents } from './kept-contents.ts'
import type { PackageContents } from './package-contents.ts'
import { verdictText, type Verdict } from './verify/verdict.ts'

/** Annotations of an ArtifactVersion that tell of the upload it came from. */
export const UPLOAD_ANNOTATION = {
  /** Version of the plugin, as `spec.version` has it; `spec.tag` is the main chart's. */
  version: 'marketplace.console/version',
  fileName: 'marketplace.console/file-name',
  /** Bytes. */
  size: 'marketplace.console/size',
  /** Hex, of the file. */
  sha256: 'marketplace.console/sha256',
  uploadedBy: 'marketplace.console/uploaded-by',
  /** RFC 3339. */
  uploadedAt: 'marketplace.console/uploaded-at',
  /** Hex SHA-256 over the artifacts' names and digests: what a version is made of beside its objects. */
  artifacts: 'marketplace.console/artifacts-sha256',
  /** Verdict on checksum and signature, as `verdictText` writes it. */
  verification: 'marketplace.console/verification',
  /** What the package held, for people, as `keptContents` writes it. */
  contents: 'marketplace.console/contents',
} as const

/** `spec.type` and `status.type` of what records a plugin's packages. */
export const PLUGIN_ARTIFACT_TYPE = 'ModulePlugin'

const LONGEST_FILE_NAME = 255

export interface Upload {
  fileName: string
  uploadedBy: string | null
  uploadedAt: Date
  /** What checksum and signature said; null when nobody looked. */
  verification: Verdict | null
}

/**
 * The Artifact that stands for all uploaded versions of a plugin; it has the plugin's name.
 * @param registry where its artifacts are; null for nowhere
 */
export function artifactFor({ plugin, mainChart }: PackageContents, registry: string | null): Artifact {
  return {
    apiVersion: apiVersionOf(ARTIFACT),
    kind: ARTIFACT.kind,
    metadata: {
      name: plugin,
      namespace: PLATFORM_NAMESPACE,
      labels: {
        [LABEL.library]: 'platform',
        [LABEL.moduleName]: plugin,
        [LABEL.moduleType]: MODULE_TYPE_PLUGIN,
      },
    },
    spec: {
      registry: registry ?? '',
      repository: mainChart?.repository ?? plugin,
      type: PLUGIN_ARTIFACT_TYPE,
      present: true,
      artifactVersionSelector: { matchLabels: { [LABEL.artifactVersion]: plugin } },
    },
  }
}

/** The record of one uploaded version, `<plugin>.<version>`, owned by `artifact`. */
export function artifactVersionFor(
  contents: PackageContents,
  upload: Upload,
  artifact: Artifact,
): ArtifactVersion {
  const { plugin, version, mainChart } = contents
  return {
    apiVersion: apiVersionOf(ARTIFACT_VERSION),
    kind: ARTIFACT_VERSION.kind,
    metadata: {
      name: artifactVersionName(plugin, version),
      namespace: PLATFORM_NAMESPACE,
      labels: { ...artifact.metadata.labels, [LABEL.artifactVersion]: plugin },
      annotations: {
        [UPLOAD_ANNOTATION.version]: version,
        [UPLOAD_ANNOTATION.fileName]: upload.fileName.slice(0, LONGEST_FILE_NAME),
        [UPLOAD_ANNOTATION.size]: String(contents.size),
        [UPLOAD_ANNOTATION.sha256]: contents.sha256,
        ...(upload.uploadedBy === null ? {} : { [UPLOAD_ANNOTATION.uploadedBy]: upload.uploadedBy }),
        [UPLOAD_ANNOTATION.uploadedAt]: upload.uploadedAt.toISOString(),
        [UPLOAD_ANNOTATION.artifacts]: artifactsDigest(contents),
        [UPLOAD_ANNOTATION.contents]: keptContents(contents),
        ...(upload.verification !== null && {
          [UPLOAD_ANNOTATION.verification]: verdictText(upload.verification),
        }),
      },
      ownerReferences: [
        {
          apiVersion: apiVersionOf(ARTIFACT),
          kind: ARTIFACT.kind,
          name: artifact.metadata.name,
          uid: artifact.metadata.uid ?? '',
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: { tag: mainChart?.tag ?? version, present: true },
  }
}

/** Name of the ArtifactVersion of a plugin's version, such as `web-cli.v4.0.4`. */
export function artifactVersionName(plugin: string, version: string): string {
  return `${plugin}.${versionInNames(version)}`
}

type Status = NonNullable<ArtifactVersion['status']>

const LONGEST_MESSAGE = 1000

/**
 * What `status` says of a version whose objects are all there.
 * @param registry where its artifacts are; null when they were not pushed
 */
export function presentStatus(contents: PackageContents, registry: string | null): Status {
  const isPushed = contents.artifacts.length === 0 || registry !== null
  return {
    ...named(contents),
    phase: 'Present',
    reason: isPushed ? '' : 'NotPushed',
    message: isPushed ? '' : 'No registry is configured: the artifacts of the package were not pushed',
  }
}

/** What `status` says while artifacts are on their way: nothing of the version can be installed yet. */
export function pushingStatus(contents: PackageContents, registry: string): Status {
  return {
    ...named(contents),
    phase: 'Pending',
    reason: 'Pushing',
    message: `The artifacts are being pushed to ${registry}`,
  }
}

/** What `status` says when the artifacts could not be pushed. */
export function failedStatus(contents: PackageContents, message: string): Status {
  return {
    ...named(contents),
    phase: 'Failed',
    reason: 'PushFailed',
    message: message.slice(0, LONGEST_MESSAGE),
  }
}

function named({ plugin, version }: PackageContents): Status {
  return { name: plugin, version, type: PLUGIN_ARTIFACT_TYPE }
}

/** Tells packages of the same version apart by what they are made of; not by how they were packed. */
export function artifactsDigest({ artifacts }: PackageContents): string {
  const names = artifacts
    .map(({ repository, tag, digest }) => `${repository}:${tag}@${digest ?? ''}`)
    .toSorted()
  return createHash('sha256').update(canonicalJson(names)).digest('hex')
}
