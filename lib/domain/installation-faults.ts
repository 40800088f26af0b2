import type { Condition } from '#lib/kinds/object.ts'
import type { ModuleInfoStatus, ReleaseStatus } from '#lib/kinds/module-info.ts'
import { cleanText } from './clean-text.ts'
import type { Reason, ReasonCode } from './reason.ts'

const LONGEST_MESSAGE = 2000
const FAILURE = /fail|error/i
/** Condition types that are bad news when True. */
const NEGATIVE = /fail|error|degraded|stalled|conflict|pressure|unavailable|blocked|prevented|missing/i
/** Condition types that tell what goes on, which is neither good nor bad. */
const NEUTRAL = /upgrad|progress|reconcil|installing|updating|deleting|transit|pending/i

function releaseReason(code: ReasonCode, release: ReleaseStatus): Reason {
  return {
    code,
    params: {
      release: release.name,
      reason: cleanText(release.reason ?? '', LONGEST_MESSAGE),
      message: cleanText(release.message ?? '', LONGEST_MESSAGE),
    },
  }
}

function conditionReason(condition: Condition): Reason {
  return {
    code: 'condition',
    params: {
      type: condition.type,
      reason: cleanText(condition.reason ?? '', LONGEST_MESSAGE),
      message: cleanText(condition.message ?? '', LONGEST_MESSAGE),
    },
  }
}

/** A condition that says failed, whatever the phase: a type such as `InstallFailed` that is True. */
function saysFailed(condition: Condition): boolean {
  return condition.status === 'True' && FAILURE.test(condition.type)
}

/** A condition that is bad news: a negative type that is True, or any other that is False. */
function isBad(condition: Condition): boolean {
  if (NEGATIVE.test(condition.type)) return condition.status === 'True'
  return condition.status === 'False' && !NEUTRAL.test(condition.type)
}

/** Whether a phase says that something failed (`Failed`, `InstallFailed`, `Error`). */
export function isFailedPhase(phase: string): boolean {
  return FAILURE.test(phase)
}

/** Conditions that are bad news, as reasons. */
export function badConditions(status: ModuleInfoStatus | undefined): Reason[] {
  return (status?.conditions ?? []).filter(isBad).map(conditionReason)
}

/** Releases that are not ready though nothing is under way, as reasons. */
export function releasesNotReady(status: ModuleInfoStatus | undefined): Reason[] {
  return (status?.appReleases ?? [])
    .filter(({ ready }) => !ready)
    .map((release) => releaseReason('release-not-ready', release))
}

/** Releases that don't carry what the spec wants yet, as reasons. */
export function releasesNotSynced(status: ModuleInfoStatus | undefined): Reason[] {
  return (status?.appReleases ?? [])
    .filter(({ synced }) => !synced)
    .map((release) => releaseReason('release-not-synced', release))
}

/**
 * Why an installation failed; empty when it didn't: failed releases, conditions that say so, or the phase. While the
 * phase is still Running, a condition that is merely False means degraded, not failed.
 */
export function failureReasons(status: ModuleInfoStatus | undefined): Reason[] {
  if (status === undefined) return []
  const releases = (status.appReleases ?? [])
    .filter(({ failed }) => failed)
    .map((release) => releaseReason('release-failed', release))
  const phaseFailed = isFailedPhase(status.phase)
  const causes = releases.map(({ params }) => params?.['message'] ?? '').filter((cause) => cause !== '')
  const conditions = (status.conditions ?? []).filter(
    (condition) =>
      (saysFailed(condition) ||
        (status.phase !== 'Running' &&
          condition.status === 'False' &&
          FAILURE.test(condition.reason ?? ''))) &&
      // A condition that only repeats a release's own words is not told twice.
      !causes.some((cause) => condition.message?.endsWith(cause)),
  )
  if (!phaseFailed) return [...releases, ...conditions.map(conditionReason)]
  const told = [
    ...releases,
    ...(conditions.length > 0 || releases.length > 0
      ? conditions.map(conditionReason)
      : badConditions(status)),
  ]
  return told.length > 0 ? told : [{ code: 'phase-failed', params: { phase: status.phase } }]
}
