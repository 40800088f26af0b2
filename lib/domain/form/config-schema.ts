import type { FormControl, FormModel, FormValue } from './form-model.ts'
import { isForbiddenKey, isObject } from './form-path.ts'
import type { FormPath } from './form-path.ts'

/** What may stand at one place of a configuration; for completion and hints beside YAML. */
export interface ConfigNode {
  /** Keys of an object. */
  children?: Map<string, ConfigNode>
  /** Entries of a list. */
  items?: ConfigNode
  /** The control that governs this place: its options, words, kind and default. */
  control?: FormControl
  /** The only texts that make sense here, where no control says so. */
  values?: readonly string[]
}

const MAX_NODES = 20_000
const MAX_DEPTH = 32

function leaf(...values: string[]): ConfigNode {
  return values.length > 0 ? { values } : {}
}

function object(entries: Record<string, ConfigNode>): ConfigNode {
  return { children: new Map(Object.entries(entries)) }
}

/** What the kinds with a shape of their own hold. */
function shapeOf(control: FormControl): ConfigNode {
  const amounts = () => object({ cpu: leaf(), memory: leaf(), 'ephemeral-storage': leaf() })
  if (control.kind === 'resources') return object({ requests: amounts(), limits: amounts() })
  if (control.kind === 'nodeSelector' && control.shape === 'list')
    return { items: object({ key: leaf(), value: leaf() }) }
  if (control.kind !== 'tolerations') return {}
  return {
    items: object({
      key: leaf(),
      operator: leaf('Equal', 'Exists'),
      value: leaf(),
      effect: leaf('NoSchedule', 'PreferNoSchedule', 'NoExecute'),
      tolerationSeconds: leaf(),
    }),
  }
}

class SchemaBuilder {
  readonly root: ConfigNode = {}
  #left = MAX_NODES

  #step(node: ConfigNode, step: FormPath[number]): ConfigNode | null {
    if (typeof step !== 'string') return (node.items ??= {})
    const children = (node.children ??= new Map())
    const known = children.get(step)
    if (known !== undefined) return known
    if (this.#left-- <= 0) return null
    const made: ConfigNode = {}
    children.set(step, made)
    return made
  }

  addControls(controls: readonly FormControl[]): void {
    for (const control of controls) {
      let node: ConfigNode | null = this.root
      for (const step of control.path) node = node === null ? null : this.#step(node, step)
      if (node === null) continue
      node.control ??= control
      Object.assign(node, { ...shapeOf(control), ...node })
      if (control.row !== undefined) this.addControls(control.row.controls)
    }
  }

  /** Keys that only the defaults have. */
  addValue(node: ConfigNode, value: FormValue, depth: number): void {
    if (!isObject(value) || depth > MAX_DEPTH) return
    for (const [key, child] of Object.entries(value)) {
      const next = isForbiddenKey(key) ? null : this.#step(node, key)
      if (next !== null) this.addValue(next, child, depth + 1)
    }
  }
}

/** The tree of all that a form knows about its configuration: what its controls govern, and the keys of its defaults. */
export function configSchema(form: FormModel): ConfigNode {
  const builder = new SchemaBuilder()
  builder.addControls(form.controls)
  builder.addValue(builder.root, form.defaults, 0)
  return builder.root
}
