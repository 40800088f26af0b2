import type { Reason } from '#lib/domain/reason.ts'
import type { LocalText } from '#lib/kinds/local-text.ts'

/** Answer to an uninstall with `dryRun`: what it would meet. */
export interface UninstallCheck {
  /** Not even with `ignoreDependents` while any of these holds. */
  blockedBy: Reason[]
  /** Plugins on the same cluster that need this one. */
  neededBy: Reason[]
  risk: LocalText
  /** The installation's resourceVersion that was looked at. */
  resourceVersion: string
}
