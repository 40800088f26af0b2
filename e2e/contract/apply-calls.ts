import { applyAs, configMap } from './field-owners.ts'
import type { GadgetKind } from './gadget-kind.ts'
import type { Target } from './target.ts'

/** Applies ConfigMaps in the namespace of `target`, and objects of its custom kind. */
export function applyCalls(target: Target, { path, gadget }: GadgetKind) {
  const maps = (name: string) => `/api/v1/namespaces/${target.namespace}/configmaps/${name}`
  return {
    maps,
    applyMap: (name: string, manager: string, data?: unknown, query = '') =>
      applyAs(target, maps(name), manager, configMap(name, data), query),
    applyGadget: (name: string, manager: string, spec?: unknown, query = '') =>
      applyAs(target, `${path()}/${name}`, manager, gadget(name, spec), query),
    get: async (where: string) => (await target.call('GET', where)).body,
  }
}
