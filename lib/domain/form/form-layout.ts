import type { FormNode, FormText } from './form-model.ts'
import { wordsOf } from './words-of.ts'

export interface GroupText {
  label: FormText
  description: FormText
}

/** The ids of a group and of those around it, outermost first: `a.b` is `a`, `a.b`. */
export function groupChain(group: string): string[] {
  if (group === '') return []
  const parts = group.split('.').slice(0, 16)
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'))
}

/** Collects nodes into nested groups, each group where its first member stands. */
export class LayoutBuilder {
  readonly nodes: FormNode[] = []
  readonly #groups = new Map<string, FormNode[]>()
  readonly #texts: ReadonlyMap<string, GroupText>

  constructor(texts: ReadonlyMap<string, GroupText>) {
    this.#texts = texts
  }

  add(group: string, nodes: readonly FormNode[]): void {
    let here = this.nodes
    for (const id of groupChain(group)) {
      let children = this.#groups.get(id)
      if (children === undefined) {
        children = []
        this.#groups.set(id, children)
        const text = this.#texts.get(id)
        const hasLabel = text?.label.en !== undefined || text?.label.zh !== undefined
        here.push({
          type: 'group',
          id,
          label:
            hasLabel && text !== undefined ? text.label : { en: wordsOf(id.slice(id.lastIndexOf('.') + 1)) },
          description: text?.description ?? {},
          children,
        })
      }
      here = children
    }
    here.push(...nodes)
  }
}
