import type { FieldNode, FieldSet } from './field-set.ts'
import { LEAF, nodeOf } from './field-set.ts'
import type { MergeType } from './merge-type.ts'
import { isDeduced, memberType } from './merge-type.ts'
import type { Step } from './path-step.ts'
import { fieldOf, isKeyStep } from './path-step.ts'

/** The set with all declared fields on the way to its members: who owns `spec.size` is taken to own `spec`, too. */
export function withDeclaredParents(set: FieldSet, type: MergeType | undefined): FieldSet {
  return mapNodes(set, (step, { isMember, children }) => {
    if (children === undefined) return LEAF
    const name = fieldOf(step)
    const isDeclared = name !== undefined && type?.map?.fields.has(name) === true
    return {
      isMember: isMember || isDeclared,
      children: withDeclaredParents(children, childType(type, step)),
    }
  })
}

/** The set after a change of the schema: what is one value now is owned as a whole. */
export function fitToType(set: FieldSet, type: MergeType): FieldSet {
  if (type.map !== undefined && isDeduced(type.map)) return set
  return mapNodes(set, (step, node) => {
    const child = childType(type, step)
    if (child === undefined || node.children === undefined) return node
    const { map, scalar, list } = child
    const isAtomic = map === undefined ? scalar === undefined && list?.isAtomic === true : map.isAtomic
    return isAtomic ? LEAF : nodeOf(node.isMember, fitToType(node.children, child))
  })
}

function childType(type: MergeType | undefined, step: Step): MergeType | undefined {
  const name = fieldOf(step)
  if (name !== undefined) return type?.map === undefined ? undefined : memberType(type.map, name)
  return isKeyStep(step) ? type?.list?.items : undefined
}

/** The same set when no node changes. */
function mapNodes(set: FieldSet, change: (step: Step, node: FieldNode) => FieldNode | undefined): FieldSet {
  const result = new Map<Step, FieldNode>()
  let isSame = true
  for (const [step, node] of set) {
    const changed = change(step, node)
    if (changed !== undefined) result.set(step, changed)
    if (changed !== node) isSame = false
  }
  return isSame ? set : result
}
