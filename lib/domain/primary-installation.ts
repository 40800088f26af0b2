import { LABEL, MODULE_TYPE_PLUGIN } from '#lib/kinds/labels.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import { placeOf } from './module-name.ts'

const FINAL_DIGITS = /^[0-9a-f]{32}$/

/** Whether a ModuleInfo bears the name that the platform gives in the end: `<cluster>-<32 hex digits>`. */
export function hasFinalName(moduleInfo: ModuleInfo): boolean {
  const { cluster } = placeOf(moduleInfo)
  const { name } = moduleInfo.metadata
  return name.startsWith(`${cluster}-`) && FINAL_DIGITS.test(name.slice(cluster.length + 1))
}

function rank(moduleInfo: ModuleInfo): number {
  const isPlugin = moduleInfo.metadata.labels?.[LABEL.moduleType] === MODULE_TYPE_PLUGIN
  return (
    (hasFinalName(moduleInfo) ? 4 : 0) +
    ((moduleInfo.status?.version ?? '') === '' ? 0 : 2) +
    (isPlugin ? 1 : 0)
  )
}

/**
 * Order of several ModuleInfos for one plugin on one cluster, the installation first: the one with the final name,
 * then one that runs something, then one that may install at all, then the oldest.
 */
export function compareInstallations(a: ModuleInfo, b: ModuleInfo): number {
  const order = rank(b) - rank(a)
  if (order !== 0) return order
  const [createdA, createdB] = [a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? '']
  if (createdA !== createdB) return createdA < createdB ? -1 : 1
  return a.metadata.name < b.metadata.name ? -1 : 1
}
