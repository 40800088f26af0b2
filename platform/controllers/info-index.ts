import { installationStatus } from '#lib/domain/derive-status.ts'
import { compareInstallations } from '#lib/domain/primary-installation.ts'
import type { Installation } from '#lib/domain/world.ts'
import type { CacheEvent } from '#lib/kube/object-cache.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import { isAccepted, placeFor, placeKey } from './module-info/place.ts'

type Group = Map<string, ModuleInfo>

interface Position {
  readonly key: string
  readonly cluster: string
  readonly plugin: string
}

/** Whether an object was told that it can't be carried out, which may change when others do. */
function isHeldBack(info: ModuleInfo): boolean {
  return (info.status?.conditions ?? []).some(
    ({ type, status }) =>
      (type === 'Accepted' && status === 'False') || (type === 'UpgradeBlocked' && status === 'True'),
  )
}

function put(groups: Map<string, Group>, key: string, info: ModuleInfo): void {
  const group = groups.get(key)
  if (group === undefined) groups.set(key, new Map([[info.metadata.name, info]]))
  else group.set(info.metadata.name, info)
}

function drop(groups: Map<string, Group>, key: string, name: string): void {
  const group = groups.get(key)
  group?.delete(name)
  if (group?.size === 0) groups.delete(key)
}

/** All ModuleInfos by place, plugin and cluster; kept up by the cache's events, each in constant time. */
export class InfoIndex {
  /** The accepted ones, as the rules look at them: by cluster, then by plugin. */
  readonly installations = new Map<string, Map<string, Installation>>()
  private readonly positions = new Map<string, Position>()
  private readonly byKey = new Map<string, Group>()
  private readonly byPlugin = new Map<string, Group>()
  private readonly byCluster = new Map<string, Group>()
  private readonly heldBack: Group = new Map()

  apply(events: readonly CacheEvent<ModuleInfo>[]): void {
    for (const { type, object } of events) {
      this.remove(object.metadata.name)
      if (type !== 'deleted') this.add(object)
    }
  }

  /** The objects of one place, by its key. */
  at(key: string): ModuleInfo[] {
    return [...(this.byKey.get(key)?.values() ?? [])]
  }

  ofPlugin(plugin: string): ModuleInfo[] {
    return [...(this.byPlugin.get(plugin)?.values() ?? [])]
  }

  onCluster(cluster: string): ModuleInfo[] {
    return [...(this.byCluster.get(cluster)?.values() ?? [])]
  }

  /** Those that can't be carried out as things are. */
  waiting(): ModuleInfo[] {
    return [...this.heldBack.values()]
  }

  keys(): string[] {
    return [...this.byKey.keys()]
  }

  private add(info: ModuleInfo): void {
    const position = { key: placeKey(info), ...placeFor(info) }
    this.positions.set(info.metadata.name, position)
    put(this.byKey, position.key, info)
    put(this.byPlugin, position.plugin, info)
    put(this.byCluster, position.cluster, info)
    if (isHeldBack(info)) this.heldBack.set(info.metadata.name, info)
    this.settle(position)
  }

  private remove(name: string): void {
    const position = this.positions.get(name)
    if (position === undefined) return
    this.positions.delete(name)
    drop(this.byKey, position.key, name)
    drop(this.byPlugin, position.plugin, name)
    drop(this.byCluster, position.cluster, name)
    this.heldBack.delete(name)
    this.settle(position)
  }

  private settle({ key, cluster, plugin }: Position): void {
    const [moduleInfo, ...others] = this.at(key).filter(isAccepted).sort(compareInstallations)
    const installations = this.installations.get(cluster) ?? new Map<string, Installation>()
    if (moduleInfo === undefined) installations.delete(plugin)
    else {
      const derived = installationStatus(moduleInfo)
      installations.set(plugin, { plugin, cluster, moduleInfo, derived, others })
    }
    if (installations.size === 0) this.installations.delete(cluster)
    else this.installations.set(cluster, installations)
  }
}
