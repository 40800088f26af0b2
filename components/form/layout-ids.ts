import type { FormNode } from '#lib/domain/form/form-model.ts'

const KNOWN = new WeakMap<readonly FormNode[], readonly string[]>()

/** The ids of all controls in these nodes and in their groups. Layouts don't change, so it is counted once. */
export function controlIdsOf(nodes: readonly FormNode[]): readonly string[] {
  const known = KNOWN.get(nodes)
  if (known !== undefined) return known
  const ids = nodes.flatMap((node) => (node.type === 'control' ? [node.id] : controlIdsOf(node.children)))
  KNOWN.set(nodes, ids)
  return ids
}
