import { isAlias, isCollection, isMap, isScalar, isSeq } from 'yaml'
import type { Node, Pair } from 'yaml'
import type { FormPath } from './form-path.ts'
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

/**
 * Where a value stands in its text. A value that is not there has the place of what should hold it: its nearest
 * parent's key, at the top the beginning.
 */
export function locateInYaml({ text, document }: YamlText, path: FormPath): TextRange {
  let node = document.contents as Node | null
  const start = Math.min(node?.range?.[0] ?? 0, text.length)
  let leading = { from: start, to: start }
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document) ?? null
    if (isMap(node)) {
      const pair = node.items.find(({ key }: Pair) => isScalar(key) && String(key.value) === String(step))
      if (pair === undefined) return leading
      leading = rangeOf(pair.key as Node)
      node = pair.value as Node | null
    } else if (isSeq(node)) {
      const item = node.items[Number(step)] as Node | null | undefined
      if (step === null || item === undefined) return leading
      if (item?.range) leading = firstLine(text, item.range[0])
      node = item
    } else return leading
  }
  return valueRange(text, node, leading)
}
