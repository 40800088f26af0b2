import type { ArtifactVersion } from '#lib/kinds/artifact.ts'
import { LABEL } from '#lib/kinds/labels.ts'
import { UPLOAD_ANNOTATION } from './upload-record.ts'

/** The version that an ArtifactVersion records: as the upload wrote it, else as the platform did. */
export function recordedVersion({ metadata, spec, status }: ArtifactVersion): string {
  return metadata.annotations?.[UPLOAD_ANNOTATION.version] || status?.version || spec.tag
}

/** The plugin whose package an ArtifactVersion records: by label, else by its Artifact. */
export function recordedPlugin({ metadata, status }: ArtifactVersion): string {
  return (
    metadata.labels?.[LABEL.moduleName] || metadata.labels?.[LABEL.artifactVersion] || (status?.name ?? '')
  )
}
