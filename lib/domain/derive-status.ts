import { LABEL, MODULE_TYPE_PLUGIN } from '#lib/kinds/labels.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import { badConditions, failureReasons, releasesNotReady, releasesNotSynced } from './installation-faults.ts'
import { isReleaseDone, progressOf, stageOf } from './installation-progress.ts'
import type { Progress } from './installation-progress.ts'
import type { PluginStatus } from './plugin-status.ts'
import type { Reason } from './reason.ts'
import { isOtherSpec } from './spec-hash.ts'

/** A published version as seen from one cluster. */
export interface VersionOnCluster {
  readonly version: string
  readonly ready: boolean
  /** Why it doesn't fit the cluster; empty when it does. */
  readonly misfits: readonly Reason[]
}

export interface StatusInput {
  /** The installation, if there is one. */
  moduleInfo?: ModuleInfo
  /** The plugin's published versions, newest first; looked at only without an installation. */
  versions: readonly VersionOnCluster[]
}

/** What a plugin's state on a cluster means. */
export interface DerivedStatus {
  readonly status: PluginStatus
  /** The phase as it stands on the object; `''` without one. */
  readonly phase: string
  readonly reasons: readonly Reason[]
  /** What long work is at now; `''` when none runs. */
  readonly stage: string
  readonly progress: Progress | null
}

/** Phases of work under way, as our controller writes them. */
const WORKING_PHASES = new Set(['Pending', 'Installing', 'Upgrading', 'Updating'])

/**
 * Whether an installation is done: the wanted version runs, the phase is Running, and every release is ready,
 * synced and not failed.
 */
export function isDone(moduleInfo: ModuleInfo): boolean {
  const { status } = moduleInfo
  return (
    status !== undefined &&
    status.version !== '' &&
    status.version === moduleInfo.spec.version &&
    status.phase === 'Running' &&
    (status.appReleases ?? []).every(isReleaseDone)
  )
}

function waitingReasons(moduleInfo: ModuleInfo): Reason[] {
  if (moduleInfo.metadata.labels?.[LABEL.moduleType] !== MODULE_TYPE_PLUGIN)
    return [{ code: 'module-type-label-missing' }]
  const phase = moduleInfo.status?.phase ?? ''
  if (phase === '') return [{ code: 'waiting-for-controller' }]
  return phase === 'Pending' ? [{ code: 'phase-pending' }, ...badConditions(moduleInfo.status)] : []
}

function deletingReasons(moduleInfo: ModuleInfo): Reason[] {
  const { status } = moduleInfo
  if (status?.removeIsPrevented !== true) return [{ code: 'deleting' }]
  const messages = [
    ...badConditions(status).map(({ params }) => params?.['message'] ?? ''),
    ...(status.blockReasons ?? []),
  ]
  const message = messages.find((text) => text !== '') ?? ''
  return [{ code: 'remove-prevented', params: { message } }]
}

function statusOfInstallation(moduleInfo: ModuleInfo): { status: PluginStatus; reasons: readonly Reason[] } {
  const { spec, status } = moduleInfo
  if (moduleInfo.metadata.deletionTimestamp !== undefined)
    return { status: 'Uninstalling', reasons: deletingReasons(moduleInfo) }

  const failures = failureReasons(status)
  if (failures.length > 0) return { status: 'Failed', reasons: failures }

  const installed = status?.version ?? ''
  const phase = status?.phase ?? ''
  if (installed !== '' && installed !== spec.version)
    return { status: 'Upgrading', reasons: waitingReasons(moduleInfo) }
  if (status === undefined || installed === '')
    return { status: 'Installing', reasons: waitingReasons(moduleInfo) }

  const unsynced = releasesNotSynced(status)
  if (isOtherSpec(status.specHash, spec))
    return { status: 'Updating', reasons: [{ code: 'configuration-pending' }, ...unsynced] }
  if (WORKING_PHASES.has(phase) || (phase === 'Running' && unsynced.length > 0))
    return { status: 'Updating', reasons: unsynced }

  if (phase !== 'Running')
    return { status: 'Unknown', reasons: [{ code: 'phase-unknown', params: { phase } }] }
  const troubles = [...releasesNotReady(status), ...badConditions(status)]
  if (troubles.length > 0) return { status: 'Degraded', reasons: troubles }
  return { status: 'Running', reasons: [] }
}

const BUSY: ReadonlySet<PluginStatus> = new Set(['Uninstalling', 'Upgrading', 'Installing', 'Updating'])

/** Whether work is under way that ends by itself. */
export function isBusy(status: PluginStatus): boolean {
  return BUSY.has(status)
}

/** The status of an installation, by itself. */
export function installationStatus(moduleInfo: ModuleInfo): DerivedStatus {
  const { status, reasons } = statusOfInstallation(moduleInfo)
  return {
    status,
    phase: moduleInfo.status?.phase ?? '',
    reasons,
    stage: isBusy(status) ? stageOf(moduleInfo.status) : '',
    progress: progressOf(moduleInfo.status),
  }
}

function withoutInstallation(versions: readonly VersionOnCluster[]): {
  status: PluginStatus
  reasons: readonly Reason[]
} {
  if (versions.length === 0) return { status: 'Absent', reasons: [{ code: 'no-version-published' }] }
  if (versions.some(({ ready, misfits }) => ready && misfits.length === 0))
    return { status: 'Ready', reasons: [] }
  const newest = versions.find(({ misfits }) => misfits.length === 0)
  // A version that fits but isn't ready is worth waiting for, even when another one is ready and doesn't fit.
  if (newest !== undefined || versions.every(({ ready }) => !ready))
    return {
      status: 'Preparing',
      reasons: [{ code: 'version-not-ready', params: { version: (newest ?? versions[0])?.version ?? '' } }],
    }
  const [first] = versions
  return {
    status: 'Incompatible',
    reasons: (first?.misfits ?? []).map(({ code, params }) => ({
      code,
      params: { ...params, version: first?.version ?? '' },
    })),
  }
}

/**
 * What a plugin's state on a cluster means: the first status whose rule holds, in the order of `PLUGIN_STATUSES`.
 * An unknown phase is shown as it is and never taken for success.
 */
export function deriveStatus({ moduleInfo, versions }: StatusInput): DerivedStatus {
  if (moduleInfo !== undefined) return installationStatus(moduleInfo)
  return { ...withoutInstallation(versions), phase: '', stage: '', progress: null }
}
