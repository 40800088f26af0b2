import type { FormPath, Step } from './form-path.ts'

/** Where the cursor stands in a text that may be half written. */
export interface YamlCursor {
  /** A key is being written, a value behind its colon, or an entry behind a dash. */
  at: 'key' | 'value' | 'item'
  /** Of what holds the key, or of the value; `null` stands for an entry of a list. */
  path: FormPath
  /** Where what is being written begins. */
  from: number
  /** Keys that stand beside it already. */
  present: ReadonlySet<string>
  /** The column of the key. */
  indent: number
}

const MAX_LINES = 20_000
/** Characters within which a line has its colon; bounds what looking for it costs. */
const MAX_KEY = 500

interface Line {
  /** Columns of its dashes. */
  dashes: number[]
  /** Where what follows the dashes begins. */
  column: number
  /** Absent where it has none. */
  key: string | undefined
  /** What stands behind the colon, or the whole where there is none. */
  rest: string
}

const KEY =
  /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|([^\s#'"{}[\],&*!|>%@`-][^:#]*|-[^\s:#][^:#]*))\s*:(?:\s|$)/

/** Reads one line; null where there is nothing on it, or only a comment. */
function readLine(text: string): Line | null {
  const dashes: number[] = []
  let column = 0
  for (; column < text.length; column++) {
    const char = text[column]
    if (char === '-' && /^-(?:\s|$)/.test(text.slice(column, column + 2))) dashes.push(column)
    else if (char !== ' ') break
  }
  const body = text.slice(column)
  if ((body === '' && dashes.length === 0) || body.startsWith('#')) return null
  const match = KEY.exec(body.slice(0, MAX_KEY))
  if (match === null) return { dashes, column, key: undefined, rest: body }
  const [whole, double, single, bare] = match
  return {
    dashes,
    column,
    key: (double ?? single?.replaceAll("''", "'") ?? bare ?? '').trimEnd(),
    rest: body.slice(whole.length),
  }
}

function isOpen(rest: string): boolean {
  return rest.trim() === '' || rest.trimStart().startsWith('#')
}

/** The steps that lead to a column below some lines; null inside a value that is written as text. */
function pathAbove(lines: readonly (Line | null)[], column: number, isDashed: boolean): Step[] | null {
  const path: Step[] = []
  let limit = column
  let dashed = isDashed
  for (let index = lines.length - 1; index >= 0 && (limit > 0 || dashed); index--) {
    const line = lines[index]
    if (line === null || line === undefined) continue
    const first = line.dashes[0]
    const isParent = line.column < limit || (dashed && first === undefined && line.column === limit)
    if (isParent && line.key !== undefined) {
      if (!isOpen(line.rest)) return null
      path.unshift(line.key)
    } else if (!(line.column === limit && first !== undefined && first < limit)) {
      // A line further in, an entry beside it, or one that can't hold anything.
      if (line.column >= limit || (first !== undefined && first >= limit)) continue
      if (first === undefined) return null
    }
    path.unshift(...line.dashes.map(() => null))
    limit = first ?? line.column
    dashed = first !== undefined
  }
  return path
}

/** The keys at one column around a line, as far as the same map reaches. */
function keysBeside(
  lines: readonly (Line | null)[],
  at: number,
  column: number,
  isFirst: boolean,
): Set<string> {
  const keys = new Set<string>()
  const look = (index: number): boolean => {
    const line = lines[index]
    if (line === null || line === undefined) return true
    if (line.column < column) return false
    if (line.column === column && line.key !== undefined) keys.add(line.key)
    return !(line.dashes[0] !== undefined && line.dashes[0] < column)
  }
  if (!isFirst) for (let index = at - 1; index >= 0 && look(index); index--);
  for (let index = at + 1; index < lines.length; index++) {
    if ((lines[index]?.dashes[0] ?? column) < column || !look(index)) break
  }
  return keys
}

/** Where an offset is, told by indentation alone, as the text need not be YAML yet. Null where nothing can be told. */
export function yamlCursor(text: string, offset: number): YamlCursor | null {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const raw = text.split('\n', MAX_LINES)
  const at = text.slice(0, start).split('\n').length - 1
  if (at >= raw.length) return null
  const typed = text.slice(start, offset)
  if (/\t/.test(typed) || /(?:^|\s)#/.test(typed)) return null
  const lines = raw.map(readLine)
  const here = readLine(typed) ?? { dashes: [], column: typed.length, key: undefined, rest: '' }
  const { dashes, column, key, rest } = here
  const above = pathAbove(lines.slice(0, at), dashes[0] ?? column, dashes.length > 0)
  if (above === null) return null
  const path = [...above, ...dashes.map(() => null)]
  const present = keysBeside(lines, at, column, dashes.length > 0)
  const word = rest.trimStart()
  if (!/^["']?[\w./-]*$/.test(word)) return null
  if (key !== undefined)
    return { at: 'value', path: [...path, key], from: offset - word.length, present, indent: column }
  const isItem = dashes.length > 0
  return { at: isItem ? 'item' : 'key', path, from: offset - word.length, present, indent: column }
}
