import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml'
import type { Document, ErrorCode, Node, Pair, ParsedNode, Scalar, YAMLMap } from 'yaml'
import type { FormObject, FormValue } from './form-model.ts'
import { isObject } from './form-path.ts'
import { aliasTarget } from './yaml-aliases.ts'

/** Characters of a text that is read at all. */
export const MAX_YAML_LENGTH = 262_144
const MAX_DEPTH = 64
/** Values that a text may unfold to; only aliases can make more of them than it has characters. */
const MAX_VALUES = 100_000
const MAX_FAULTS = 50

export const YAML_FAULT_CODES = [
  /** No YAML; `reason` is the library's code for why. */
  'syntax',
  'tooLong',
  'tooDeep',
  /** Aliases unfold to more than `MAX_VALUES`. */
  'tooMuch',
  'directive',
  'duplicateKey',
  'forbiddenKey',
  /** A key that is no text, and would become another one as a text. */
  'keyNotText',
  'mergeKey',
  'tag',
  'unknownAlias',
  /** Infinite, or not a number: nothing that JSON can hold. */
  'notJson',
  /** A whole number that would silently become another one. */
  'bigNumber',
  /** A list, text or number where a map is asked for. */
  'notMap',
] as const

export type YamlFaultCode = (typeof YAML_FAULT_CODES)[number]

/** What is wrong with a text, and where; offsets count UTF-16 units, lines and columns from 1. */
export interface YamlFault {
  code: YamlFaultCode
  from: number
  to: number
  line: number
  column: number
  /** `text`: the key, tag or number in question; `reason`, `message`: the library's code and words. */
  params: { text?: string; reason?: ErrorCode; message?: string }
}

export interface YamlText {
  text: string
  /** Undefined where there is nothing but comments. */
  value: FormValue | undefined
  document: Document.Parsed
}

export type YamlReading = YamlText | { faults: [YamlFault, ...YamlFault[]] }

const CORE_TAG = /^(?:!|tag:yaml\.org,2002:(?:str|int|float|bool|null|map|seq))$/

class Fault extends Error {
  readonly code: YamlFaultCode
  readonly range: readonly [number, number]
  readonly params: YamlFault['params']

  constructor(code: YamlFaultCode, node: Node | null | undefined, params: YamlFault['params'] = {}) {
    super(code)
    this.code = code
    this.range = [node?.range?.[0] ?? 0, node?.range?.[1] ?? 0]
    this.params = params
  }
}

/** The source of a scalar, cut to what a message can carry. */
function sourceOf({ source, value }: Scalar): string {
  return (source ?? String(value)).slice(0, 200)
}

function scalarValue(node: Scalar): FormValue {
  const { value } = node
  if (typeof value === 'number') {
    const text = sourceOf(node)
    if (!Number.isFinite(value)) throw new Fault('notJson', node, { text })
    if (!Number.isSafeInteger(value) && !/[.eE]/.test(text)) throw new Fault('bigNumber', node, { text })
    return value
  }
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value
  throw new Fault('notJson', node, { text: sourceOf(node) })
}

/** The text that a key is in JSON. @throws Fault where it is none, or would not stay what was written */
export function keyText(pair: Pair): string {
  const { key } = pair
  if (!isScalar(key)) throw new Fault('keyNotText', key as Node)
  const text = String(key.value)
  if (typeof key.value !== 'string' && (key.value === null || text !== key.source))
    throw new Fault('keyNotText', key, { text: sourceOf(key) })
  if (text === '__proto__') throw new Fault('forbiddenKey', key, { text })
  if (text === '<<' && key.type === 'PLAIN') throw new Fault('mergeKey', key)
  return text
}

/** Reads a document's nodes as JSON. */
class ValueReader {
  readonly #document: Document.Parsed
  #count = 0

  constructor(document: Document.Parsed) {
    this.#document = document
  }

  read(node: Node | null | undefined, depth = 0): FormValue {
    if (node === null || node === undefined) return null
    if (++this.#count > MAX_VALUES) throw new Fault('tooMuch', node)
    if (depth > MAX_DEPTH) throw new Fault('tooDeep', node)
    if (isAlias(node)) {
      const target = aliasTarget(this.#document, node)
      if (target === undefined) throw new Fault('unknownAlias', node, { text: node.source.slice(0, 200) })
      return this.read(target, depth + 1)
    }
    if (node.tag !== undefined && !CORE_TAG.test(node.tag))
      throw new Fault('tag', node, { text: node.tag.slice(0, 200) })
    if (isScalar(node)) return scalarValue(node)
    if (isMap(node)) return this.#map(node, depth)
    if (isSeq(node)) return node.items.map((item) => this.read(item as Node | null, depth + 1))
    throw new Fault('notJson', node)
  }

  #map(node: YAMLMap, depth: number): FormValue {
    const entries = new Map<string, FormValue>()
    for (const pair of node.items) {
      const key = keyText(pair)
      if (entries.has(key)) throw new Fault('duplicateKey', pair.key as Node, { text: key.slice(0, 200) })
      entries.set(key, this.read(pair.value as Node | null, depth + 1))
    }
    return Object.fromEntries(entries)
  }
}

/** A fault with its line and column. */
export function faultAt(
  text: string,
  code: YamlFaultCode,
  from: number,
  to: number,
  params: YamlFault['params'] = {},
): YamlFault {
  const above = text.slice(0, from)
  const line = above.split('\n').length
  return { code, from, to: Math.max(from, to), line, column: from - above.lastIndexOf('\n'), params }
}

/**
 * Reads a person's YAML 1.2 (core schema: `yes` stays a text) as plain JSON, strictly: whatever JSON can't hold, or
 * would change without a word, is a fault that says where. Never throws; the work grows with the text's length.
 */
export function readYaml(text: string): YamlReading {
  const faults: YamlFault[] = []
  const add = (code: YamlFaultCode, [from, to]: readonly [number, number], params: YamlFault['params']) =>
    faults.push(faultAt(text, code, Math.min(from, text.length), to, params))
  const reading = (): YamlReading | undefined => {
    if (text.length > MAX_YAML_LENGTH) {
      add('tooLong', [0, 0], { text: String(MAX_YAML_LENGTH) })
      return undefined
    }
    try {
      const document: Document.Parsed<ParsedNode> = parseDocument(text, {
        version: '1.2',
        schema: 'core',
        merge: false,
        // Checked here: the library's own check is quadratic.
        uniqueKeys: false,
        keepSourceTokens: true,
        prettyErrors: false,
        logLevel: 'error',
      })
      for (const { code, pos, message } of document.errors.slice(0, MAX_FAULTS))
        add('syntax', pos, { reason: code, message: message.slice(0, 300) })
      if (document.errors.length > 0) return undefined
      if (document.directives.yaml.explicit && document.directives.yaml.version !== '1.2')
        throw new Fault('directive', null)
      const isBare =
        document.contents === null || (isScalar(document.contents) && document.contents.source === '')
      const value = new ValueReader(document).read(document.contents)
      return { text, value: isBare ? undefined : value, document }
    } catch (error) {
      if (error instanceof Fault) add(error.code, error.range, error.params)
      else add('tooDeep', [0, 0], {})
      return undefined
    }
  }
  return reading() ?? { faults: faults as [YamlFault, ...YamlFault[]] }
}

/** A text that must be a map, such as a configuration; one with nothing in it is an empty map. */
export type YamlMapReading = (YamlText & { map: FormObject }) | { faults: [YamlFault, ...YamlFault[]] }

/** Like `readYaml`; what is no map is a fault, too. */
export function readYamlMap(text: string): YamlMapReading {
  const reading = readYaml(text)
  if ('faults' in reading) return reading
  const { value } = reading
  if (value === undefined) return { ...reading, map: {} }
  if (isObject(value)) return { ...reading, map: value }
  const [from = 0, to = 0] = reading.document.contents?.range ?? []
  return { faults: [faultAt(text, 'notMap', from, to)] }
}
