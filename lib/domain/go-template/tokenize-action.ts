import { TemplateError } from './template-error.ts'
import type { Token } from './token.ts'

const SPACE = /[ \t\r\n]+/y
const NAME = /[\p{L}_][\p{L}\p{Nd}_]*/uy
const FIELD = /\.[\p{L}_][\p{L}\p{Nd}_]*/uy
const VARIABLE = /\$[\p{L}\p{Nd}_]*/uy
const NUMBER = /[+-]?(?:0[xX][0-9a-fA-F]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)/y
const SYMBOL = /:=|[()|,=.]/y
const QUOTED = /"(?:[^"\\\n]|\\.)*"/y
const RAW = /`[^`]*`/y
const CHARACTER = /'(?:[^'\\\n]|\\.)+'/y

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
  "'": "'",
}

function unescape(body: string, line: number): string {
  return body.replaceAll(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))/g,
    (_, ...groups) => {
      const [x, u, long, plain] = groups as (string | undefined)[]
      const hex = x ?? u ?? long
      const point = hex === undefined ? -1 : Number.parseInt(hex, 16)
      if (hex !== undefined && point <= 0x10_ffff) return String.fromCodePoint(point)
      const text = ESCAPES[plain ?? '']
      if (text === undefined) throw new TemplateError(line, 'unknown escape in a text literal')
      return text
    },
  )
}

type Bare = Token extends infer T ? (T extends Token ? Omit<T, 'line' | 'gap'> : never) : never

/**
 * The words of one action, without its delimiters.
 * @param firstLine line of the template where the action begins
 * @throws TemplateError at anything that is no word
 */
export function tokenizeAction(source: string, firstLine: number): Token[] {
  const tokens: Token[] = []
  let at = 0
  let line = firstLine
  let gap = true

  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(source)?.[0]
    if (found !== undefined) at += found.length
    return found
  }
  const word = (): Bare => {
    let found = take(QUOTED)
    if (found !== undefined) return { type: 'literal', value: unescape(found.slice(1, -1), line) }
    found = take(RAW)
    if (found !== undefined) {
      line += found.split('\n').length - 1
      return { type: 'literal', value: found.slice(1, -1) }
    }
    found = take(CHARACTER)
    if (found !== undefined) {
      const text = unescape(found.slice(1, -1), line)
      return { type: 'literal', value: text.codePointAt(0) ?? 0 }
    }
    found = take(FIELD)
    if (found !== undefined) return { type: 'field', text: found.slice(1) }
    found = take(VARIABLE)
    if (found !== undefined) return { type: 'variable', text: found }
    found = take(NUMBER)
    if (found !== undefined) {
      const value = Number(found.startsWith('+') ? found.slice(1) : found)
      return { type: 'literal', value: /^-0[xX]/.test(found) ? -Number(found.slice(1)) : value }
    }
    found = take(NAME)
    if (found === 'true' || found === 'false') return { type: 'literal', value: found === 'true' }
    if (found === 'nil') return { type: 'literal', value: null }
    if (found !== undefined) return { type: 'name', text: found }
    found = take(SYMBOL)
    if (found !== undefined) return { type: 'symbol', text: found as ':=' }
    throw new TemplateError(line, `unexpected ${JSON.stringify(source.slice(at, at + 1))}`)
  }

  while (at < source.length) {
    const space = take(SPACE)
    if (space !== undefined) {
      line += space.split('\n').length - 1
      gap = true
      continue
    }
    const startLine = line
    const previous = tokens.at(-1)
    const bare = word()
    const glued = !gap && previous !== undefined && previous.type !== 'symbol'
    if (glued && bare.type !== 'symbol' && bare.type !== 'field')
      throw new TemplateError(startLine, 'terms must be set apart by white space')
    tokens.push({ ...bare, line: startLine, gap })
    gap = false
  }
  return tokens
}
