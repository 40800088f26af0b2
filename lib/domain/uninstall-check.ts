import { cleanText } from './clean-text.ts'
import { dependentsOn, neededBy } from './dependents.ts'
import { cleanLocalText, pick } from './local-text.ts'
import type { Reason } from './reason.ts'
import { installationOf, specOf } from './world.ts'
import type { World } from './world.ts'

export interface UninstallReasons {
  /** Not even with the dependents' consent. */
  readonly blockedBy: readonly Reason[]
  /** Installations that need this one. */
  readonly neededBy: readonly Reason[]
}

/**
 * What stands against removing a plugin from a cluster, as far as the plugin objects tell. Resources that block removal
 * (`resourcesBlockRemove`) live on the target cluster: whoever can reach it looks them up.
 */
export function uninstallReasons(
  world: World,
  wanted: { cluster: string; plugin: string },
): UninstallReasons {
  const { cluster, plugin } = wanted
  const installation = installationOf(world, plugin, cluster)
  if (installation === undefined)
    return { blockedBy: [{ code: 'not-installed', params: { plugin, cluster } }], neededBy: [] }
  if (installation.derived.status === 'Uninstalling')
    return { blockedBy: [...installation.derived.reasons], neededBy: [] }
  const spec = specOf(world, installation)
  const { status } = installation.moduleInfo
  const hasLeftTraces = (status?.version ?? '') !== '' || (status?.appReleases?.length ?? 0) > 0
  const blockedBy: Reason[] = []
  // What never got anywhere can always be taken back.
  if (spec?.deleteable === false && hasLeftTraces) {
    const text = cleanLocalText({ en: spec.deleteBlockDescriptionEn, zh: spec.deleteBlockDescription })
    const message = cleanText(pick(text, 'en'), 2000)
    const messageZh = cleanText(pick(text, 'zh'), 2000)
    blockedBy.push({ code: 'not-deletable', params: { message, messageZh } })
  }
  return { blockedBy, neededBy: dependentsOn(world, plugin, cluster).map(neededBy) }
}
