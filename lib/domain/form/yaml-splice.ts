import { isCollection, isMap, isScalar, isSeq } from 'yaml'
import type { Node, Pair, YAMLMap, YAMLSeq } from 'yaml'
import type { FormObject, FormValue } from './form-model.ts'
import { isObject } from './form-path.ts'
import { isSameJson } from '../same-json.ts'
import type { YamlText } from './yaml-reader.ts'
import { writeYaml, written, writtenInFlow, writtenKey } from './yaml-writing.ts'

/** Replaces a part of the text. */
interface Splice {
  from: number
  to: number
  insert: string
}

/** The text is written in a way that can't be changed in place. */
class CannotSplice extends Error {}

interface SourceToken {
  type: string
  offset: number
  source: string
}

function tokenOf(tokens: readonly SourceToken[] | undefined, type: string): SourceToken {
  const token = tokens?.find((one) => one.type === type)
  if (token === undefined) throw new CannotSplice()
  return token
}

function startOf(node: Node | null): number {
  if (node?.range === undefined || node.range === null) throw new CannotSplice()
  return node.range[0]
}

/** Just behind the colon of a pair. */
function afterColon(pair: Pair): number {
  const tokens = pair.srcToken?.sep as SourceToken[] | undefined
  if (tokens?.some(({ type }) => type === 'anchor' || type === 'tag')) throw new CannotSplice()
  return tokenOf(tokens, 'map-value-ind').offset + 1
}

function nameOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : ''
}

function isFilled(node: YAMLMap | YAMLSeq): boolean {
  return node.items.length > 0
}

function isBlock(node: Node | null): node is YAMLMap | YAMLSeq {
  return isCollection(node) && node.flow !== true
}

function haveSameKeys(a: FormObject, b: FormObject): boolean {
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key))
}

interface Change {
  node: Node | null
  /** Just behind the colon or dash that leads to it. */
  from: number
  before: FormValue
  after: FormValue
  leader: 'key' | 'item'
  /** Of the key or dash. */
  indent: number
}

/** Turns the text of a document into that of another value, touching only what differs. */
class Splicer {
  readonly splices: Splice[] = []
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  /** The column where something begins, counted from 0. */
  #column(offset: number): number {
    return offset - (this.#text.lastIndexOf('\n', offset - 1) + 1)
  }

  #isFirstOnLine(offset: number): boolean {
    return this.#text.slice(offset - this.#column(offset), offset).trim() === ''
  }

  #lineEnd(offset: number): number {
    const end = this.#text.indexOf('\n', offset)
    return end < 0 ? this.#text.length : end
  }

  /** Where a value's own text ends, without the comment and the line break behind it. */
  #endOf(node: Node | null, empty: number): number {
    if (isBlock(node)) {
      const last = node.items.at(-1)
      if (isMap(node)) {
        const pair = last as Pair
        return this.#endOf(pair.value as Node | null, afterColon(pair))
      }
      return this.#endOf(last as Node | null, this.#dash(node, node.items.length - 1) + 1)
    }
    const range = node?.range
    if (!range || range[0] === range[1]) return empty
    return range[1] - (this.#text[range[1] - 1] === '\n' ? 1 : 0)
  }

  #dash(list: YAMLSeq, index: number): number {
    const items = list.srcToken?.type === 'block-seq' ? list.srcToken.items : []
    return tokenOf(items[index]?.start, 'seq-item-ind').offset
  }

  /** Takes lines away, from the one that `from` is in to the one that `to` is in. */
  #removeLines(from: number, to: number): void {
    if (!this.#isFirstOnLine(from)) throw new CannotSplice()
    const start = from - this.#column(from)
    const end = this.#lineEnd(to)
    // The last line has no break behind it: the one before goes.
    if (end === this.#text.length && start > 0) this.splices.push({ from: start - 1, to: end, insert: '' })
    else this.splices.push({ from: start, to: Math.min(end + 1, this.#text.length), insert: '' })
  }

  /** Makes the value behind `from` (a colon or dash) another one. */
  change(change: Change): void {
    const { node, before, after } = change
    if (isSameJson(before, after)) return
    if (isMap(node) && isObject(before) && isObject(after) && isFilled(node) && Object.keys(after).length > 0)
      this.#map(node, before, after)
    else if (
      isSeq(node) &&
      Array.isArray(before) &&
      Array.isArray(after) &&
      isFilled(node) &&
      after.length > 0
    )
      this.#list(node, before, after)
    else this.#replace(change)
  }

  /** Puts a value in place of a whole other one. What stands behind it, or behind its colon, stays there. */
  #replace({ node, from, after, leader, indent }: Change): void {
    const [first = '', ...rest] = written(after, leader, indent).split('\n')
    const lines = rest.map((line) => `\n${line}`).join('')
    const end = this.#endOf(node, from)
    if (!isBlock(node)) {
      this.splices.push({ from, to: end, insert: first })
      const lineEnd = this.#lineEnd(end)
      if (lines !== '') this.splices.push({ from: lineEnd, to: lineEnd, insert: lines })
    } else if (startOf(node) > this.#lineEnd(from)) {
      this.splices.push({ from, to: from, insert: first })
      this.splices.push({ from: this.#lineEnd(from), to: this.#lineEnd(end), insert: lines })
    } else this.splices.push({ from, to: this.#lineEnd(end), insert: first + lines })
  }

  #map(node: YAMLMap, before: FormObject, after: FormObject): void {
    if (node.flow === true) {
      this.#flow(node, before, after)
      return
    }
    const pairs = node.items
    const indent = this.#column(startOf(node))
    for (const [index, pair] of pairs.entries()) {
      const key = nameOf(pair)
      const value = pair.value as Node | null
      if (!Object.hasOwn(after, key)) this.#removePair(pairs, index)
      else
        this.change({
          node: value,
          from: afterColon(pair),
          before: before[key] ?? null,
          after: after[key] ?? null,
          leader: 'key',
          indent,
        })
    }
    const added = Object.keys(after).filter((key) => !Object.hasOwn(before, key))
    if (added.length === 0) return
    const last = pairs.findLast((pair) => Object.hasOwn(after, nameOf(pair)))
    if (last === undefined) throw new CannotSplice()
    const end = this.#lineEnd(this.#endOf(last.value as Node | null, afterColon(last)))
    const lines = added.map(
      (key) => `\n${' '.repeat(indent)}${writtenKey(key)}:${written(after[key] ?? null, 'key', indent)}`,
    )
    this.splices.push({ from: end, to: end, insert: lines.join('') })
  }

  #removePair(pairs: readonly Pair[], index: number): void {
    const pair = pairs[index]
    const next = pairs[index + 1]
    if (pair === undefined) return
    const start = startOf(pair.key as Node)
    const end = this.#endOf(pair.value as Node | null, afterColon(pair))
    if (this.#isFirstOnLine(start)) {
      this.#removeLines(start, end)
      return
    }
    // Behind a dash: the next key takes its place.
    const nextStart = next === undefined ? -1 : startOf(next.key as Node)
    if (nextStart < 0 || this.#text.slice(end, nextStart).includes('#')) throw new CannotSplice()
    this.splices.push({ from: start, to: nextStart, insert: '' })
  }

  /** Inside brackets: value by value while the shape stays, else the whole of it. */
  #flow(node: Node | null, before: FormValue, after: FormValue): void {
    if (isSameJson(before, after)) return
    if (isMap(node) && isObject(before) && isObject(after) && haveSameKeys(before, after)) {
      for (const pair of node.items) {
        const key = nameOf(pair)
        this.#flow(pair.value as Node | null, before[key] ?? null, after[key] ?? null)
      }
    } else if (
      isSeq(node) &&
      Array.isArray(before) &&
      Array.isArray(after) &&
      before.length === after.length
    ) {
      for (const [index, item] of node.items.entries())
        this.#flow(item as Node | null, before[index] ?? null, after[index] ?? null)
    } else {
      if (!node?.range || node.range[0] === node.range[1]) throw new CannotSplice()
      const [from, to] = node.range
      if (isCollection(node) && this.#text.slice(from, to).includes('#')) throw new CannotSplice()
      this.splices.push({ from, to, insert: writtenInFlow(after) })
    }
  }

  #list(node: YAMLSeq, before: FormValue[], after: FormValue[]): void {
    if (node.flow === true) {
      this.#flow(node, before, after)
      return
    }
    const same = (a: number, b: number) => isSameJson(before[a], after[b])
    const shorter = Math.min(before.length, after.length)
    let head = 0
    while (head < shorter && same(head, head)) head++
    let tail = 0
    while (tail < shorter - head && same(before.length - 1 - tail, after.length - 1 - tail)) tail++
    const both = shorter - head - tail
    const items = node.items as (Node | null)[]
    const indent = this.#column(this.#dash(node, 0))
    for (let index = head; index < head + both; index++)
      this.change({
        node: items[index] ?? null,
        from: this.#dash(node, index) + 1,
        before: before[index] ?? null,
        after: after[index] ?? null,
        leader: 'item',
        indent,
      })
    for (let index = head + both; index < before.length - tail; index++) {
      const dash = this.#dash(node, index)
      this.#removeLines(dash, this.#endOf(items[index] ?? null, dash + 1))
    }
    const added = after
      .slice(head + both, after.length - tail)
      .map((item) => `-${written(item, 'item', indent)}`)
    if (added.length === 0) return
    const spaces = ' '.repeat(indent)
    const above = head + both - 1
    if (above < 0) {
      const at = this.#dash(node, 0)
      this.splices.push({ from: at, to: at, insert: added.map((line) => `${line}\n${spaces}`).join('') })
      return
    }
    const at = this.#lineEnd(this.#endOf(items[above] ?? null, this.#dash(node, above) + 1))
    this.splices.push({ from: at, to: at, insert: added.map((line) => `\n${spaces}${line}`).join('') })
  }
}

/**
 * The text with another value, changed only where the value differs; null where the text is written in a way that
 * can't be changed in place. What comes out must be read again: this knows YAML's usual shapes, not all of them.
 */
export function spliceYaml(yaml: YamlText, after: FormObject): string | null {
  const root = yaml.document.contents
  if (!isMap(root) || !isObject(yaml.value)) return null
  const splicer = new Splicer(yaml.text)
  try {
    if (Object.keys(after).length === 0) return null
    if (isFilled(root))
      splicer.change({ node: root, from: 0, before: yaml.value, after, leader: 'key', indent: 0 })
    else
      splicer.splices.push({
        from: startOf(root),
        to: root.range?.[1] ?? 0,
        insert: writeYaml(after).trimEnd(),
      })
  } catch (error) {
    if (error instanceof CannotSplice) return null
    throw error
  }
  let { text } = yaml
  // From the end on; at one place what replaces most first, and what was found last.
  const ordered = splicer.splices.toReversed().sort((a, b) => b.from - a.from || b.to - a.to)
  for (const { from, to, insert } of ordered) text = text.slice(0, from) + insert + text.slice(to)
  return text
}
