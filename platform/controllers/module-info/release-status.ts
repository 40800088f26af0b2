import type { AppRelease } from '#lib/kinds/app-release.ts'
import type { ReleaseStatus } from '#lib/kinds/module-info.ts'
import { RELEASE_HASH } from './release-plan.ts'
import type { PlannedRelease } from './release-plan.ts'

const FAILURE = /fail|error/i
const LONGEST_MESSAGE = 2000

type Trouble = { reason: string; message: string }
type Charts = NonNullable<NonNullable<AppRelease['status']>['charts']>[string][]

function failureOf(release: AppRelease, charts: Charts): Trouble | undefined {
  const chart = charts.find(({ phase }) => FAILURE.test(phase ?? ''))
  const condition = release.status?.conditions?.find(
    ({ type, status, reason }) =>
      (FAILURE.test(type) && status === 'True') || (status === 'False' && FAILURE.test(reason ?? '')),
  )
  if (chart === undefined && condition === undefined) return undefined
  const message = chart?.message ?? condition?.message ?? ''
  const reason = condition?.reason ?? chart?.phase ?? 'Failed'
  return { reason, message: message === '' ? reason : message }
}

/** What the release is at, in the words of its agent. */
function stageOf(charts: Charts, health: { reason?: string; message?: string } | undefined): Trouble {
  const chart = charts.find(({ phase }) => phase !== 'Synced')
  const message = chart?.message ?? health?.message ?? ''
  const reason = chart?.phase ?? health?.reason ?? 'Waiting'
  return { reason, message: message === '' ? 'Waiting for the delivery agent of the cluster' : message }
}

function isAtTarget({ phase, installedRevision }: Charts[number], planned: PlannedRelease): boolean {
  return (
    phase === 'Synced' &&
    planned.source.chartVersions.some(
      ({ version }) => installedRevision === undefined || version === installedRevision,
    )
  )
}

/**
 * The state of a planned release, told by the AppRelease that stands on the cluster. What the agent said of an
 * earlier spec (another hash, an older generation) counts for nothing.
 */
export function releaseStatus(planned: PlannedRelease, release: AppRelease | undefined): ReleaseStatus {
  const { source, object } = planned
  const base = {
    name: source.name,
    namespace: object.spec.destination?.namespace ?? '',
    chartVersions: source.chartVersions.map(({ name, releaseName, version }) => ({
      name,
      releaseName,
      version,
    })),
  }
  const hash = release?.metadata.annotations?.[RELEASE_HASH]
  const isCurrent =
    release !== undefined &&
    release.metadata.deletionTimestamp === undefined &&
    hash === object.metadata.annotations?.[RELEASE_HASH] &&
    (release.status?.observedGeneration ?? Infinity) >= (release.metadata.generation ?? 0)
  if (!isCurrent) {
    const message = 'Waiting for the delivery agent of the cluster'
    return { ...base, ready: false, synced: false, failed: false, reason: 'Pending', message }
  }
  const charts = Object.values(release.status?.charts ?? {})
  const health = release.status?.conditions?.find(({ type }) => type === 'Health')
  const failure = failureOf(release, charts)
  const isHealthy = health?.status === 'True'
  const synced = isHealthy || (charts.length > 0 && charts.every((chart) => isAtTarget(chart, planned)))
  const ready = isHealthy && failure === undefined
  const { reason, message } = failure ?? (ready ? { reason: 'Synced', message: '' } : stageOf(charts, health))
  return {
    ...base,
    ready,
    synced: synced && failure === undefined,
    failed: failure !== undefined,
    reason,
    message: message.slice(0, LONGEST_MESSAGE),
  }
}
