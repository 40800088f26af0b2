import type { Clause, FormControl, FormValue } from './form-model.ts'
import { formatPath } from './form-path.ts'
import type { FormPath } from './form-path.ts'
import { jsonOf, numberOf } from './typed-value.ts'

/** One condition, ready to be looked up. */
export interface Check {
  path: FormPath
  key: string
  value: string
  number: number | null
  /** Where the text is an object's or a list's. */
  json: FormValue | undefined
  isInRow: boolean
}

/** What can hold or not: a control, a clause of conditions, or "some control at this path applies". */
export type PlanNode =
  | { type: 'control'; needs: number[] }
  | { type: 'clause'; checks: Check[]; needs: number[] }
  | { type: 'path'; needs: number[] }

/** The controls of a form, or of a row, and the order in which their conditions are decided. */
export interface ConditionPlan {
  controls: readonly FormControl[]
  /** Canonical texts of the controls' paths. */
  keys: ReadonlyMap<FormControl, string>
  byKey: ReadonlyMap<string, readonly FormControl[]>
  /** The controls first, in their order. */
  nodes: readonly PlanNode[]
  /** Numbers of nodes; what a node needs comes before it, except around a circle. */
  order: readonly number[]
  /** Numbers of the nodes that stand for paths. */
  pathNodes: ReadonlyMap<string, number>
}

/** Children before parents, without recursion: chains of conditions may be as long as the form. */
function orderOf(nodes: readonly PlanNode[]): number[] {
  const order: number[] = []
  const seen = new Uint8Array(nodes.length)
  for (let root = 0; root < nodes.length; root++) {
    if (seen[root] === 1) continue
    seen[root] = 1
    const stack = [{ node: root, next: 0 }]
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const child = nodes[top.node]?.needs[top.next++]
      if (child === undefined) {
        order.push(top.node)
        stack.pop()
      } else if (seen[child] === 0) {
        seen[child] = 1
        stack.push({ node: child, next: 0 })
      }
    }
  }
  return order
}

function checksOf(clause: Clause): Check[] {
  return clause.map(({ path, value }) => ({
    path,
    key: formatPath(path),
    value,
    number: numberOf(value),
    json: /^[[{]/.test(value) ? jsonOf(value) : undefined,
    isInRow: path.includes(null),
  }))
}

/** Prepares the conditions of a form's controls, or of those of one kind of row; linear in their number. */
export function planConditions(controls: readonly FormControl[]): ConditionPlan {
  const keys = new Map<FormControl, string>()
  const byKey = new Map<string, FormControl[]>()
  const pathNodes = new Map<string, number>()
  const nodes: PlanNode[] = controls.map(() => ({ type: 'control', needs: [] }))
  for (const [index, control] of controls.entries()) {
    const key = formatPath(control.path)
    keys.set(control, key)
    const here = pathNodes.get(key)
    if (here === undefined) {
      pathNodes.set(key, nodes.length)
      byKey.set(key, [control])
      nodes.push({ type: 'path', needs: [index] })
    } else {
      byKey.get(key)?.push(control)
      nodes[here]?.needs.push(index)
    }
  }
  // Controls of a group share its clauses: each is decided once.
  const clauses = new Map<Clause, number>()
  for (const [index, control] of controls.entries())
    for (const clause of control.when) {
      let node = clauses.get(clause)
      if (node === undefined) {
        node = nodes.length
        clauses.set(clause, node)
        const checks = checksOf(clause)
        const needs = checks.map(({ key }) => pathNodes.get(key)).filter((source) => source !== undefined)
        nodes.push({ type: 'clause', checks, needs })
      }
      nodes[index]?.needs.push(node)
    }
  return { controls, keys, byKey, nodes, order: orderOf(nodes), pathNodes }
}
