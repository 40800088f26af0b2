import type { Condition, JsonObject, KubeObject, Resource } from './object.ts'

/** Asks the agent on a cluster to keep Helm charts installed. */
export interface AppRelease extends KubeObject {
  spec?: {
    destination?: { cluster?: string; namespace?: string }
    source?: {
      repoURL?: string
      charts?: { name?: string; releaseName?: string; targetRevision?: string }[]
    }
    /** Values by chart name. */
    values?: JsonObject
    /** Seconds. */
    timeout?: number
  }
  status?: {
    charts?: Record<
      string,
      {
        phase?: string
        releaseName?: string
        revision?: string
        installedRevision?: string
        message?: string
      }
    >
    conditions?: Condition[]
    observedGeneration?: number
  }
}

export const APP_RELEASE: Resource<AppRelease> = {
  group: 'operator.alauda.io',
  version: 'v1alpha1',
  plural: 'appreleases',
  kind: 'AppRelease',
  namespaced: true,
}
