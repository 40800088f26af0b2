import type { KubeObject, Resource } from './object.ts'
import type { LabelSelector } from './plugin-spec.ts'

/** An uploaded package: all versions of one plugin, operator or chart. */
export interface Artifact extends KubeObject {
  spec: {
    registry: string
    repository: string
    type: string
    present: boolean
    artifactVersionSelector: LabelSelector
    displayName?: string
    description?: string
    imagePullSecrets?: string[]
  }
  status?: { availableArtifactVersion?: number; lastUpdateTime?: string; synced?: boolean }
}

/** One uploaded version, named `<artifact>.<version>`, owned by its Artifact. */
export interface ArtifactVersion extends KubeObject {
  spec: { tag: string; present: boolean }
  status?: {
    name?: string
    version?: string
    type?: string
    phase?: string
    reason?: string
    message?: string
  }
}

export const ARTIFACT: Resource<Artifact> = {
  group: 'app.alauda.io',
  version: 'v1alpha1',
  plural: 'artifacts',
  kind: 'Artifact',
  namespaced: true,
}

export const ARTIFACT_VERSION: Resource<ArtifactVersion> = {
  group: 'app.alauda.io',
  version: 'v1alpha1',
  plural: 'artifactversions',
  kind: 'ArtifactVersion',
  namespaced: true,
}
