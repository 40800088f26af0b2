import type { Step } from './path-step.ts'
import { showStep, sortSteps } from './path-step.ts'

/** What a set says about one step: whether the path that ends here is in it, and the paths that go on. */
export interface FieldNode {
  readonly isMember: boolean
  /** Never empty. */
  readonly children: FieldSet | undefined
}

/** A set of field paths, as a tree. No node in it is without meaning: each is a member or has children. */
export type FieldSet = ReadonlyMap<Step, FieldNode>

export const EMPTY: FieldSet = new Map()
export const LEAF: FieldNode = { isMember: true, children: undefined }

/** A node for these facts; undefined when it would say nothing. */
export function nodeOf(isMember: boolean, children: FieldSet | undefined): FieldNode | undefined {
  const some = children === undefined || children.size === 0 ? undefined : children
  if (some === undefined) return isMember ? LEAF : undefined
  return { isMember, children: some }
}

/** The set of these paths. */
export function fieldSet(paths: Iterable<readonly Step[]>): FieldSet {
  let set = EMPTY
  for (const path of paths) {
    let node: FieldNode = LEAF
    for (const step of path.slice(1).toReversed())
      node = { isMember: false, children: new Map([[step, node]]) }
    const [first] = path
    if (first !== undefined) set = union(set, new Map([[first, node]]))
  }
  return set
}

/** The paths that are in one of the sets. */
export function union(a: FieldSet, b: FieldSet): FieldSet {
  if (a.size === 0 || a === b) return b
  if (b.size === 0) return a
  const result = new Map(a)
  for (const [step, node] of b) {
    const other = result.get(step)
    result.set(step, other === undefined ? node : joined(other, node))
  }
  return result
}

function joined(a: FieldNode, b: FieldNode): FieldNode {
  if (a === b) return a
  const children =
    a.children === undefined || b.children === undefined
      ? (a.children ?? b.children)
      : union(a.children, b.children)
  return { isMember: a.isMember || b.isMember, children }
}

/** The paths that are in both sets. */
export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  return combined(a, b, (node, other) =>
    other === undefined
      ? undefined
      : nodeOf(
          node.isMember && other.isMember,
          node.children === undefined || other.children === undefined
            ? undefined
            : intersection(node.children, other.children),
        ),
  )
}

/** The paths of `a` that are not in `b`; what lies below a path of `b` stays. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  if (b.size === 0) return a
  return combined(a, b, (node, other) =>
    other === undefined
      ? node
      : nodeOf(
          node.isMember && !other.isMember,
          node.children === undefined || other.children === undefined
            ? node.children
            : difference(node.children, other.children),
        ),
  )
}

/** The paths of `a` that are not in `b` nor below a path of it. */
export function differenceBelow(a: FieldSet, b: FieldSet): FieldSet {
  if (b.size === 0) return a
  return combined(a, b, (node, other) => {
    if (other === undefined) return node
    if (other.isMember) return undefined
    if (node.children === undefined || other.children === undefined) return node
    return nodeOf(node.isMember, differenceBelow(node.children, other.children))
  })
}

function combined(
  a: FieldSet,
  b: FieldSet,
  combine: (node: FieldNode, other: FieldNode | undefined) => FieldNode | undefined,
): FieldSet {
  const result = new Map<Step, FieldNode>()
  for (const [step, node] of a) {
    const kept = combine(node, b.get(step))
    if (kept !== undefined) result.set(step, kept)
  }
  return result
}

export function equalSets(a: FieldSet, b: FieldSet): boolean {
  if (a === b) return true
  if (a.size !== b.size) return false
  for (const [step, node] of a) {
    const other = b.get(step)
    if (other?.isMember !== node.isMember) return false
    if (!equalSets(node.children ?? EMPTY, other.children ?? EMPTY)) return false
  }
  return true
}

/** Whether exactly this path is in the set. */
export function hasPath(set: FieldSet, path: readonly Step[]): boolean {
  let current: FieldSet | undefined = set
  for (const step of path.slice(0, -1)) current = current?.get(step)?.children
  return current?.get(path.at(-1) ?? '')?.isMember === true
}

/** All paths, in order: of every level first what ends there, then what goes on. */
export function* pathsOf(set: FieldSet, prefix: readonly Step[] = []): Generator<readonly Step[]> {
  const steps = sortSteps(set.keys())
  for (const step of steps) if (set.get(step)?.isMember === true) yield [...prefix, step]
  for (const step of steps) yield* pathsOf(set.get(step)?.children ?? EMPTY, [...prefix, step])
}

/** A path as messages show it: `.spec.items[name="a"].size`. */
export function showPath(path: readonly Step[]): string {
  return path.map(showStep).join('')
}
