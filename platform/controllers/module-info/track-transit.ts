import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import type { Outcome } from '../work-queue.ts'
import type { StatusDraft } from './status-draft.ts'

/**
 * Notes which upgrade is under way since when, and says so once it takes longer than it may.
 * @param timeoutSeconds `transitTimeout` of the version; undefined means that it may take any time
 * @returns when to look again
 */
export function trackTransit(
  draft: StatusDraft,
  info: ModuleInfo,
  timeoutSeconds: number | undefined,
  now: Date,
): Outcome {
  const { status } = draft
  const target = info.spec.version
  if (status.version === '' || status.version === target) {
    delete status.transitVersion
    delete status.transitTimestamp
    delete status.transitTimeout
    draft.clear('UpgradeStalled')
    return undefined
  }
  if (status.transitVersion !== target || status.transitTimestamp === undefined) {
    status.transitVersion = target
    status.transitTimestamp = now.toISOString().replace(/\.\d+Z$/, 'Z')
    draft.clear('UpgradeStalled')
  }
  if (timeoutSeconds === undefined || timeoutSeconds <= 0) {
    delete status.transitTimeout
    return undefined
  }
  status.transitTimeout = timeoutSeconds
  const leftMs = Date.parse(status.transitTimestamp) + timeoutSeconds * 1000 - now.getTime()
  if (leftMs > 0) return { againAfterMs: leftMs + 50 }
  const message = `the upgrade to ${target} takes longer than the ${timeoutSeconds} s that it may take`
  draft.set('UpgradeStalled', 'True', 'TransitTimeout', message)
  return undefined
}
