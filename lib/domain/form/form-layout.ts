import type { FormNode, FormText } from './form-model.ts'

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

/** The words of a group that nobody named: `a.dataSource` is `Data source`. */
function wordsOf(id: string): string {
  const words = id
    .slice(id.lastIndexOf('.') + 1)
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_\s]+/g, ' ')
    .trim()
    .toLowerCase()
  return words === '' ? id : words.charAt(0).toUpperCase() + words.slice(1)
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
          label: hasLabel && text !== undefined ? text.label : { en: wordsOf(id) },
          description: text?.description ?? {},
          children,
        })
      }
      here = children
    }
    here.push(...nodes)
  }
}
