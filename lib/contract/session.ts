import type { ClusterSourceKind } from './cluster.ts'

/** Who is served by what: `GET /api/session`. */
export interface SessionView {
  user: { name: string }
  /** The global cluster as the kubeconfig names it. */
  platform: {
    cluster: string
    server: string
    /** Deliveries are only simulated here. */
    embedded: boolean
    /** Where clusters come from. */
    kind: ClusterSourceKind
  }
  /** CRDs (plural.group) that the global cluster lacks; empty when all is well. */
  missingCrds: string[]
  /** None of them is there. */
  lacksAllCrds: boolean
  consoleVersion: string
}
