import { CONTROLLERS_LEASE, LEASE } from '#lib/kinds/lease.ts'
import type { Lease } from '#lib/kinds/lease.ts'
import { apiVersionOf } from '#lib/kinds/object.ts'

/** A time as Leases carry it. */
export function microTime(date: Date): string {
  return date.toISOString().replace('Z', '000Z')
}

/** The lease as its first holder makes it. */
export function firstLease(identity: string, seconds: number, now: Date): Lease {
  const time = microTime(now)
  return {
    apiVersion: apiVersionOf(LEASE),
    kind: LEASE.kind,
    metadata: { name: CONTROLLERS_LEASE },
    spec: {
      holderIdentity: identity,
      leaseDurationSeconds: seconds,
      acquireTime: time,
      renewTime: time,
      leaseTransitions: 0,
    },
  }
}

/** The lease taken by, or renewed for, this holder. */
export function heldLease(lease: Lease, identity: string, seconds: number, now: Date): Lease {
  const { spec } = lease
  const isSame = spec?.holderIdentity === identity
  const time = microTime(now)
  return {
    ...lease,
    spec: {
      ...spec,
      holderIdentity: identity,
      leaseDurationSeconds: seconds,
      acquireTime: isSame ? (spec?.acquireTime ?? time) : time,
      renewTime: time,
      leaseTransitions: (spec?.leaseTransitions ?? 0) + (isSame ? 0 : 1),
    },
  }
}

/** The lease given back: whoever looks next may have it at once. */
export function releasedLease(lease: Lease, now: Date): Lease {
  const time = microTime(now)
  return {
    ...lease,
    spec: {
      holderIdentity: '',
      leaseDurationSeconds: 1,
      acquireTime: time,
      renewTime: time,
      leaseTransitions: lease.spec?.leaseTransitions ?? 0,
    },
  }
}
