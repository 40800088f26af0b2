import { isAlias, isCollection, isMap, isScalar, isSeq } from 'yaml'
import type { Node, Pair } from 'yaml'
import type { FormPath, Step } from './form-path.ts'
import { aliasTarget } from './yaml-aliases.ts'
import type { YamlText } from './yaml-reader.ts'

/** A part of a text, in UTF-16 units. */
export interface TextRange {
  from: number
  to: number
}

function firstLine(text: string, from: number): TextRange {
  const end = text.indexOf('\n', from)
  return { from, to: end < 0 ? text.length : end }
}

function rangeOf(node: Node): TextRange {
  return { from: node.range?.[0] ?? 0, to: node.range?.[1] ?? 0 }
}

/** What stands for a value: itself while it is short to see, else what leads to it. */
function valueRange(text: string, node: Node | null, leading: TextRange): TextRange {
  if (node === null || (isCollection(node) && node.flow !== true)) return leading
  const range = rangeOf(node)
  if (range.from === range.to) return leading
  const isLong = isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED')
  return isLong ? firstLine(text, range.from) : range
}

interface Entry {
  key: Node | null
  value: Node | null
}

/** What stands at one step below a node; null where nothing does. */
function entryAt(node: Node | null, step: Step): Entry | null {
  if (isMap(node)) {
    const pair = node.items.find(({ key }: Pair) => isScalar(key) && String(key.value) === String(step))
    return pair === undefined ? null : { key: pair.key as Node, value: pair.value as Node | null }
  }
  if (!isSeq(node) || step === null) return null
  const item = node.items[Number(step)] as Node | null | undefined
  return item === undefined ? null : { key: null, value: item }
}

/** What a node stands for, where it is an alias. */
function behind(document: YamlText['document'], node: Node | null): Node | null {
  return isAlias(node) ? (aliasTarget(document, node) ?? null) : node
}

/**
 * Where a value stands in its text. A value that is not there has the place of what should hold it: its nearest
 * parent's key, at the top the beginning.
 */
export function locateInYaml({ text, document }: YamlText, path: FormPath): TextRange {
  let node = document.contents as Node | null
  const start = Math.min(node?.range?.[0] ?? 0, text.length)
  let leading = { from: start, to: start }
  for (const step of path) {
    const entry = entryAt(behind(document, node), step)
    if (entry === null) return leading
    const { key, value } = entry
    if (key !== null) leading = rangeOf(key)
    else if (value?.range) leading = firstLine(text, value.range[0])
    node = value
  }
  return valueRange(text, node, leading)
}

/**
 * The whole text of a value, over all its lines; of one that is given by an alias, the text that the alias stands for.
 * Null where there is none.
 */
export function valueInYaml({ text, document }: YamlText, path: FormPath): TextRange | null {
  let node = document.contents as Node | null
  for (const step of path) node = behind(document, entryAt(node, step)?.value ?? null)
  if (!node?.range) return null
  const [from, to] = node.range
  return { from, to: from + text.slice(from, to).trimEnd().length }
}
