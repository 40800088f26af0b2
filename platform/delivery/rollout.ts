import type { AppRelease } from '#lib/kinds/app-release.ts'
import type { Condition } from '#lib/kinds/object.ts'
import type { Instruction } from './marker.ts'

type Status = NonNullable<AppRelease['status']>
type ChartStatus = NonNullable<Status['charts']>[string]
type Source = NonNullable<NonNullable<NonNullable<AppRelease['spec']>['source']>['charts']>[number]

/** Phases of a chart in the order that a rollout goes through them. */
const STAGES = ['Pending', 'Pulling', 'Installing', 'Waiting', 'Synced'] as const
type Stage = (typeof STAGES)[number]
const FAILED = 'Failed'
const REMOVING = 'Uninstalling'

/** The next state of a release, and how long it lasts; null when there is nothing to do until something changes. */
export interface Step {
  readonly status: Status
  /** Milliseconds until the step after this one; null when none follows by itself. */
  readonly nextAfterMs: number | null
}

function podsOf(chart: Source): number {
  // Any number will do, as long as it is the same each time.
  return 1 + ((chart.name ?? '').length % 3)
}

function messageOf(stage: Stage, chart: Source, isUpgrade: boolean): string {
  const { name = '', releaseName = '', targetRevision = '' } = chart
  const pods = podsOf(chart)
  switch (stage) {
    case 'Pending':
      return `Queued ${name} ${targetRevision}`
    case 'Pulling':
      return `Pulling chart ${name} ${targetRevision}`
    case 'Installing':
      return `${isUpgrade ? 'Upgrading' : 'Installing'} release ${releaseName}`
    case 'Waiting':
      return `Waiting for ${pods} ${pods === 1 ? 'pod' : 'pods'} of ${releaseName}`
    default:
      return ''
  }
}

function condition(
  status: Status | undefined,
  type: string,
  isTrue: boolean,
  reason: string,
  message: string,
  now: Date,
): Condition {
  const known = status?.conditions?.find((item) => item.type === type)
  const value = isTrue ? 'True' : 'False'
  const lastTransitionTime =
    known?.status === value && known.lastTransitionTime !== undefined
      ? known.lastTransitionTime
      : now.toISOString().replace(/\.\d+Z$/, 'Z')
  return { type, status: value, reason, message, lastTransitionTime }
}

function chartsOf(release: AppRelease): Source[] {
  return release.spec?.source?.charts ?? []
}

function keyOf(chart: Source): string {
  return chart.name ?? ''
}

function withStage(release: AppRelease, stage: Stage | typeof FAILED, cause: string): Status['charts'] {
  const before = release.status?.charts
  return Object.fromEntries(
    chartsOf(release).map((chart) => {
      const installed = before?.[keyOf(chart)]?.installedRevision
      const status: ChartStatus = {
        phase: stage,
        releaseName: chart.releaseName ?? '',
        revision: chart.targetRevision ?? '',
        message: stage === FAILED ? cause : messageOf(stage, chart, installed !== undefined),
      }
      const revision = stage === 'Synced' ? chart.targetRevision : installed
      if (revision !== undefined) status.installedRevision = revision
      return [keyOf(chart), status]
    }),
  )
}

function statusAt(release: AppRelease, stage: Stage | typeof FAILED, cause: string, now: Date): Status {
  const charts = withStage(release, stage, cause)
  const [first] = chartsOf(release)
  const words = stage === FAILED ? cause : first === undefined ? '' : messageOf(stage, first, false)
  const isDone = stage === 'Synced'
  const reason = stage === FAILED ? 'RolloutFailed' : isDone ? 'Healthy' : 'Progressing'
  const { status } = release
  return {
    ...status,
    charts,
    observedGeneration: release.metadata.generation ?? 0,
    conditions: [
      condition(status, 'Sync', isDone, isDone ? 'Synced' : reason, words, now),
      condition(status, 'Health', isDone, reason, words, now),
    ],
  }
}

/** The stage that a release has reached for the spec that it has now; undefined when its rollout hasn't begun. */
function stageReached(release: AppRelease): Stage | typeof FAILED | undefined {
  const { status } = release
  if (status?.observedGeneration !== (release.metadata.generation ?? 0)) return undefined
  const phases = chartsOf(release).map((chart) => status.charts?.[keyOf(chart)]?.phase)
  if (chartsOf(release).length === 0)
    return status.conditions?.some(({ type, status }) => type === 'Health' && status === 'True')
      ? 'Synced'
      : undefined
  if (phases.includes(FAILED)) return FAILED
  const reached = phases.map((phase) => STAGES.findIndex((stage) => stage === phase))
  return STAGES[Math.min(...reached)]
}

function degraded(release: AppRelease, cause: string, now: Date): Status {
  const health = condition(release.status, 'Health', false, 'Unhealthy', cause, now)
  const others = (release.status?.conditions ?? []).filter(({ type }) => type !== 'Health')
  return { ...release.status, conditions: [...others, health] }
}

/**
 * One step of a rollout. The state is in the release's own status, so that an agent that was stopped goes on where it was.
 * A failed rollout starts over as soon as it is no longer told to fail.
 */
export function rolloutStep(
  release: AppRelease,
  instruction: Instruction,
  stageMs: number,
  now: Date,
): Step | null {
  const reached = stageReached(release)
  const go = (stage: Stage | typeof FAILED, cause = ''): Step => ({
    status: statusAt(release, stage, cause, now),
    nextAfterMs: stage === 'Synced' || stage === FAILED ? null : stageMs,
  })
  if (reached === 'Synced') {
    const isHealthy = release.status?.conditions?.some(
      ({ type, status }) => type === 'Health' && status === 'True',
    )
    if (instruction.kind === 'degrade')
      return isHealthy ? { status: degraded(release, instruction.cause, now), nextAfterMs: null } : null
    return isHealthy ? null : go('Synced')
  }
  if (reached === FAILED) {
    if (instruction.kind !== 'fail') return go('Pending')
    const told = Object.values(release.status?.charts ?? {})[0]?.message
    return told === instruction.cause ? null : go(FAILED, instruction.cause)
  }
  if (stageMs === 0 && instruction.kind !== 'fail' && instruction.kind !== 'hang') return go('Synced')
  const next = STAGES[reached === undefined ? 0 : STAGES.indexOf(reached) + 1] ?? 'Synced'
  if (next === 'Synced' && instruction.kind === 'fail') return go(FAILED, instruction.cause)
  if (next === 'Synced' && instruction.kind === 'hang') return null
  return go(next)
}

/** The state of a release while it is being taken off the cluster. */
export function removalStatus(release: AppRelease, now: Date): Status {
  const charts = Object.fromEntries(
    chartsOf(release).map((chart) => [
      keyOf(chart),
      {
        ...release.status?.charts?.[keyOf(chart)],
        phase: REMOVING,
        releaseName: chart.releaseName ?? '',
        message: `Uninstalling release ${chart.releaseName ?? ''}`,
      },
    ]),
  )
  const words = 'The release is being uninstalled'
  const health = condition(release.status, 'Health', false, REMOVING, words, now)
  return { ...release.status, charts, conditions: [health] }
}

/** Whether the removal of a release is under way. */
export function isRemoving(release: AppRelease): boolean {
  return release.status?.conditions?.some(({ reason }) => reason === REMOVING) === true
}
