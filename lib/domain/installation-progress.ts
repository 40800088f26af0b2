import type { Condition } from '#lib/kinds/object.ts'
import type { ModuleInfoStatus, ReleaseStatus } from '#lib/kinds/module-info.ts'
import { cleanText } from './clean-text.ts'

const LONGEST_STAGE = 300

export interface Progress {
  done: number
  total: number
}

/** Whether a release is where it should be. */
export function isReleaseDone(release: ReleaseStatus): boolean {
  return release.ready && release.synced && !release.failed
}

/** Releases that are done, of how many; null when there are none yet. */
export function progressOf(status: ModuleInfoStatus | undefined): Progress | null {
  const releases = status?.appReleases ?? []
  if (releases.length === 0) return null
  return { done: releases.filter(isReleaseDone).length, total: releases.length }
}

function words({ reason, message }: { reason?: string; message?: string }): string {
  return message !== undefined && message !== '' ? message : (reason ?? '')
}

function isPending(condition: Condition): boolean {
  return condition.status !== 'True'
}

/** What long work is at now, in the controller's own words: of the first release not done, else of a condition. */
export function stageOf(status: ModuleInfoStatus | undefined): string {
  const release = (status?.appReleases ?? []).find((item) => !isReleaseDone(item) && words(item) !== '')
  if (release !== undefined) return cleanText(words(release), LONGEST_STAGE)
  const condition = (status?.conditions ?? []).find((item) => isPending(item) && words(item) !== '')
  return condition === undefined ? '' : cleanText(words(condition), LONGEST_STAGE)
}
