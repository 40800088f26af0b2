import { isAlias, isCollection, isMap, isScalar, isSeq, visit } from 'yaml'
import type { Document, Node, Pair, YAMLMap, YAMLSeq } from 'yaml'
import type { FormObject, FormValue } from './form-model.ts'
import { isObject } from './form-path.ts'
import { isSameJson } from '../same-json.ts'
import { aliasTarget } from './yaml-aliases.ts'

/** Values that are the same object are written out each time. */
const WRITTEN_OUT = { aliasDuplicateObjects: false } as const

/** Gives each alias a copy of what it stands for: else a change at one place would change the others. */
function unfoldAliases(document: Document.Parsed): void {
  const copies = new Map<Node, FormValue>()
  visit(document, {
    Alias: (_key, node) => {
      const target = aliasTarget(document, node)
      if (target) copies.set(node, target.toJS(document) as FormValue)
    },
  })
  visit(document, {
    Alias: (_key, node) => document.createNode(copies.get(node) ?? null, WRITTEN_OUT),
    Node: (_key, node) => {
      if (!isAlias(node) && 'anchor' in node) delete node.anchor
      return undefined
    },
  })
}

function keep(to: Node, from: Node | null): Node {
  if (from === null) return to
  for (const name of ['comment', 'commentBefore', 'spaceBefore'] as const)
    if (from[name] !== undefined) Object.assign(to, { [name]: from[name] })
  return to
}

/** The node of a value, as near as possible to the one that was there. */
function changed(document: Document, node: Node | null, value: FormValue): Node {
  if (node !== null && isSameJson(node.toJS(document) as FormValue, value)) return node
  if (isMap(node) && isObject(value)) return changedMap(document, node, value)
  if (isSeq(node) && Array.isArray(value)) return changedList(document, node, value)
  const made = document.createNode(value, WRITTEN_OUT) as Node
  const isFlow = isCollection(node) && node.flow === true
  if (isFlow && isCollection(made)) made.flow = true
  return keep(made, node)
}

function addComment(before: string | null | undefined, more: string): string {
  return before ? `${more}\n${before}` : more
}

function changedMap(document: Document, node: YAMLMap, value: FormObject): Node {
  const kept: Pair[] = []
  const names = new Set<string>()
  /** Above keys that go: nobody knows whom they were about. */
  let orphans = ''
  for (const pair of node.items) {
    const key = isScalar(pair.key) ? pair.key : null
    const name = String(key?.value)
    if (key !== null && Object.hasOwn(value, name)) {
      pair.value = changed(document, (pair.value ?? null) as Node | null, value[name] ?? null)
      if (orphans !== '') key.commentBefore = addComment(key.commentBefore, orphans)
      orphans = ''
      kept.push(pair)
      names.add(name)
    } else if (key?.commentBefore) orphans = addComment(key.commentBefore, orphans).trim()
  }
  if (orphans !== '') node.comment = addComment(node.comment, orphans)
  node.items = kept
  for (const [key, child] of Object.entries(value))
    if (!names.has(key)) node.items.push(document.createPair(key, child, WRITTEN_OUT))
  return node
}

function changedList(document: Document, node: YAMLSeq, value: readonly FormValue[]): Node {
  const before = node.items as (Node | null)[]
  const old = before.map((item) => (item === null ? null : (item.toJS(document) as FormValue)))
  const shorter = Math.min(old.length, value.length)
  let head = 0
  while (head < shorter && isSameJson(old[head], value[head])) head++
  let tail = 0
  while (tail < shorter - head && isSameJson(old.at(-1 - tail), value.at(-1 - tail))) tail++
  node.items = value.map((item, index) => {
    const fromEnd = value.length - index
    const source =
      fromEnd <= tail ? before.at(-fromEnd) : index < old.length - tail ? before[index] : undefined
    return changed(document, source ?? null, item)
  })
  return node
}

/**
 * The text of a document with another value. Comments at what stays are kept; the layout becomes the library's.
 * Changes the document.
 */
export function rewriteYaml(document: Document.Parsed, value: FormObject): string {
  unfoldAliases(document)
  const root = document.contents as Node | null
  document.contents = changed(document, root, value) as Document.Parsed['contents']
  return document.toString({ lineWidth: 0 })
}
