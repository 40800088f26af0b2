import type { KubeObject, Resource } from './object.ts'

/** Who of several processes works; renewed as long as it does. */
export interface Lease extends KubeObject {
  spec?: {
    holderIdentity?: string
    /** How long, after the last renewal that they saw, others leave it alone. */
    leaseDurationSeconds?: number
    /** Times with microseconds: `2026-11-27T10:00:00.000000Z`. */
    acquireTime?: string
    renewTime?: string
    leaseTransitions?: number
  }
}

export const LEASE: Resource<Lease> = {
  group: 'coordination.k8s.io',
  version: 'v1',
  plural: 'leases',
  kind: 'Lease',
  namespaced: true,
}

/** The lease, in our own namespace, of the one process of controllers that works. Part of what operators rely on. */
export const CONTROLLERS_LEASE = 'plugin-marketplace-controllers'
