import type { Action } from '#lib/contract/action.ts'
import type { PluginOnCluster } from '#lib/contract/installation.ts'
import type { PluginStatus } from '#lib/domain/plugin-status.ts'

const NOT_INSTALLED: ReadonlySet<PluginStatus> = new Set(['Ready', 'Preparing', 'Incompatible', 'Absent'])

/** Whether there is an installation behind a status. */
export function isInstalled(status: PluginStatus): boolean {
  return !NOT_INSTALLED.has(status)
}

export interface RowActions {
  /** The one to show as a button; `upload` leads to the packages. Null when none suggests itself. */
  primary: Action | 'upload' | null
  /** The others that make sense in this state, allowed or not. */
  more: Action[]
}

/**
 * Which actions a row offers. What makes no sense is left out (nothing to uninstall where nothing is installed);
 * what makes sense and is refused stays, to say why. Uninstall is never the button. Where the button installs at
 * once, the menu has the dialog with its choices.
 */
export function rowActions({
  status,
  actions,
  installsAtOnce,
}: Pick<PluginOnCluster, 'status' | 'actions' | 'installsAtOnce'>): RowActions {
  if (status === 'Absent') return { primary: 'upload', more: [] }
  if (!isInstalled(status)) return { primary: 'install', more: installsAtOnce === null ? [] : ['install'] }
  const primary = (['upgrade', 'update'] as const).find((action) => actions[action].allowed) ?? null
  const more = (['upgrade', 'update', 'uninstall'] as const).filter((action) => action !== primary)
  return { primary, more }
}
