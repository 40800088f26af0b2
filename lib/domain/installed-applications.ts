import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import { MODULE_PLUGIN, type ModulePlugin } from '#lib/kinds/module-plugin.ts'
import { displayNameOf, pick } from './local-text.ts'
import { placeOf, pluginOf } from './module-name.ts'
import { compareInstallations } from './primary-installation.ts'

/** One entry of `apps.yaml`. */
export interface InstalledApplication {
  displayName: string
  type: string
  installed: { clusterName: string; version: string }[]
}

/**
 * What `apps.yaml` tells: every plugin by name, with the version that each cluster runs (or, while nothing runs yet, is
 * to run). Plugins and clusters come in the order of their names.
 * @param clusters counts only these, and leaves out what is on none of them; all when left out
 */
export function installedApplications(
  {
    modulePlugins,
    moduleInfos,
  }: { modulePlugins: readonly ModulePlugin[]; moduleInfos: readonly ModuleInfo[] },
  clusters?: readonly string[],
): Map<string, InstalledApplication> {
  const places = new Map<string, ModuleInfo>()
  for (const info of moduleInfos.toSorted(compareInstallations)) {
    const { plugin, cluster } = placeOf(info)
    const isAsked = clusters === undefined || clusters.includes(cluster)
    const place = JSON.stringify([plugin, cluster])
    if (plugin !== '' && cluster !== '' && isAsked && !places.has(place)) places.set(place, info)
  }
  const objects = new Map(modulePlugins.map((object) => [pluginOf(object), object]))
  const installations = [...places.values()]
  const names = new Set([...objects.keys(), ...installations.map((info) => placeOf(info).plugin)])
  return new Map(
    [...names].sort().flatMap((name) => {
      const installed = installations
        .filter((info) => placeOf(info).plugin === name)
        .map((info) => ({
          clusterName: placeOf(info).cluster,
          version: info.status?.version || info.spec.version,
        }))
        .sort((a, b) => (a.clusterName < b.clusterName ? -1 : 1))
      const displayName = pick(displayNameOf(objects.get(name), name), 'en')
      const isLeftOut = clusters !== undefined && installed.length === 0
      return isLeftOut ? [] : [[name, { displayName, type: MODULE_PLUGIN.kind, installed }] as const]
    }),
  )
}
