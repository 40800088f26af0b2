import { hasFinalName } from '#lib/domain/primary-installation.ts'
import { placeOf } from '#lib/domain/module-name.ts'
import { FINALIZER } from '#lib/kinds/labels.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import { installationName } from '../installation-name.ts'

/** On an accepted installation: `<cluster>/<plugin>`. Labels may be edited; where it runs doesn't change with them. */
export const PLACE = 'marketplace.console/place'
/** On an accepted installation: the uid of the request that it was made from. */
export const MADE_FROM = 'marketplace.console/made-from'

export interface Place {
  readonly cluster: string
  readonly plugin: string
}

/** Whether the controller has taken this object over as an installation. */
export function isAccepted(info: ModuleInfo): boolean {
  return info.metadata.finalizers?.includes(FINALIZER.moduleInfo) === true && hasStandingName(info)
}

function hasStandingName(info: ModuleInfo): boolean {
  const place = placeFor(info)
  if (info.metadata.name === installationName(place.cluster, place.plugin)) return true
  // Made by the real platform, which hashes otherwise: it runs, so it keeps its name.
  return hasFinalName(info) && (info.status?.version ?? '') !== ''
}

/** Where an installation belongs: by what was noted when it was accepted, else by its labels. */
export function placeFor(info: ModuleInfo): Place {
  const noted = info.metadata.annotations?.[PLACE]?.split('/')
  const [cluster, plugin] = noted ?? []
  if (
    noted?.length === 2 &&
    cluster !== undefined &&
    plugin !== undefined &&
    info.metadata.name === installationName(cluster, plugin)
  )
    return { cluster, plugin }
  return placeOf(info)
}

/** The key of a place in the work queue; one for each object without a place. */
export function placeKey(info: ModuleInfo): string {
  const { cluster, plugin } = placeFor(info)
  return cluster === '' || plugin === '' ? `?${info.metadata.name}` : `${cluster}/${plugin}`
}
