import { isAlias, visit } from 'yaml'
import type { Alias, Document, Node } from 'yaml'

type Targets = ReadonlyMap<Node, Node | undefined>

const known = new WeakMap<Document.Parsed, Targets>()

function targetsIn(document: Document.Parsed): Targets {
  const targets = new Map<Node, Node | undefined>()
  const anchors = new Map<string, Node>()
  visit(document, {
    Node: (_key, node) => {
      if (isAlias(node)) targets.set(node, anchors.get(node.source))
      else if (node.anchor !== undefined) anchors.set(node.anchor, node)
    },
  })
  return targets
}

/**
 * What an alias of a document stands for; undefined where nothing above it has that anchor. All of a document's are
 * found in one walk: the library itself walks through all of it for each.
 */
export function aliasTarget(document: Document.Parsed, alias: Alias): Node | undefined {
  const targets = known.get(document) ?? targetsIn(document)
  known.set(document, targets)
  return targets.get(alias)
}
