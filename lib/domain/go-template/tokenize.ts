import { TemplateError } from './template-error.ts'
import type { Segment } from './token.ts'
import { tokenizeAction } from './tokenize-action.ts'

const OPEN = '<<'
const CLOSE = '>>'

/** Where the action that begins at `from` ends: texts in quotes may hold the delimiter. */
function findClose(source: string, from: number): number {
  let at = from
  while (at < source.length) {
    if (source.startsWith(CLOSE, at)) return at
    const quote = source[at]
    at += 1
    if (quote !== '"' && quote !== '`') continue
    while (at < source.length && source[at] !== quote) at += quote === '"' && source[at] === '\\' ? 2 : 1
    at += 1
  }
  return -1
}

function countLines(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1
  return count
}

/** Cuts a template at its delimiters `<<` and `>>`; trim markers are carried out, comments are gone.
 * @throws TemplateError when an action or a comment has no end
 */
export function tokenize(source: string): Segment[] {
  const segments: Segment[] = []
  let at = 0
  let line = 1
  let trimNext = false

  const addText = (raw: string, trimEnd: boolean): void => {
    let text = trimNext ? raw.trimStart() : raw
    if (trimEnd) text = text.trimEnd()
    if (text !== '') segments.push({ type: 'text', text })
    line += countLines(raw)
  }

  for (;;) {
    const open = source.indexOf(OPEN, at)
    if (open === -1) {
      addText(source.slice(at), false)
      return segments
    }
    const trimBefore = /^-[ \t\r\n]/.test(source.slice(open + 2, open + 4))
    addText(source.slice(at, open), trimBefore)
    let body = open + OPEN.length + (trimBefore ? 2 : 0)
    const comment = /^[ \t\r\n]*\/\*/.exec(source.slice(body, body + 200))
    let close: number
    if (comment) {
      const end = source.indexOf('*/', body + comment[0].length)
      if (end === -1) throw new TemplateError(line, 'a comment has no end')
      const rest = /^[ \t\r\n]*(?:[ \t\r\n]-)?>>/.exec(source.slice(end + 2, end + 200))
      if (!rest) throw new TemplateError(line, 'a comment must end right before the closing delimiter')
      close = end + 2 + rest[0].length - CLOSE.length
    } else {
      close = findClose(source, body)
      if (close === -1) throw new TemplateError(line, 'an action has no closing >>')
    }
    trimNext = source[close - 1] === '-' && /[ \t\r\n]/.test(source[close - 2] ?? '') && close - 2 >= body - 1
    if (!comment) {
      const end = trimNext ? close - 1 : close
      const before = source.slice(open, body)
      const startLine = line + countLines(before)
      if (end < body) body = end
      segments.push({
        type: 'action',
        tokens: tokenizeAction(source.slice(body, end), startLine),
        line: startLine,
      })
    }
    line += countLines(source.slice(open, close))
    at = close + CLOSE.length
  }
}
