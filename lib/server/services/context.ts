import type { KubeClient } from '#lib/kube/kube-client.ts'
import type { PlatformState } from './platform-state.ts'
import type { UploadStore } from './uploads/upload-store.ts'

/** Who asks, and with whose credentials. */
export interface Caller {
  /** As the API server knows them. */
  readonly name: string
  /** The API of a cluster with the caller's own credentials; undefined for a cluster that isn't known. */
  client(cluster: string): KubeClient | undefined
}

export interface Log {
  info(message: string, facts?: Readonly<Record<string, unknown>>): void
  warn(message: string, facts?: Readonly<Record<string, unknown>>): void
}

/** What every service gets beside its input. */
export interface ServiceContext {
  readonly caller: Caller
  /** What this caller may see of the platform. */
  readonly platform: PlatformState
  /** Packages on their way, the console's own bookkeeping. */
  readonly uploads: UploadStore
  /** Ends the work: the deadline has passed, or nobody waits for the answer any more. */
  readonly signal: AbortSignal
  readonly log: Log
  /** Written into what the operation changes, so that history can be told. */
  readonly operationId: string
}
