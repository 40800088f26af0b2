import { MAX_NESTING, parsePipe } from './parse-pipe.ts'
import type { TemplateNode } from './syntax.ts'
import { TemplateError } from './template-error.ts'
import type { Segment, Token } from './token.ts'
import { tokenize } from './tokenize.ts'

const NOT_SUPPORTED = new Set(['define', 'template', 'block'])

type BlockType = 'if' | 'with' | 'range'
const isBlock = (word: string | undefined): word is BlockType =>
  word === 'if' || word === 'with' || word === 'range'

interface Stop {
  readonly word: 'end' | 'else'
  readonly tokens: readonly Token[]
  readonly line: number
}

interface State {
  readonly segments: readonly Segment[]
  at: number
}

function keyword(tokens: readonly Token[]): string | undefined {
  const first = tokens[0]
  return first?.type === 'name' ? first.text : undefined
}

function noMore(tokens: readonly Token[], line: number): void {
  const extra = tokens[1]
  if (extra !== undefined)
    throw new TemplateError(extra.line, `unexpected word after ${keyword(tokens) ?? line}`)
}

/** The nodes up to the `end` or `else` that closes them; null stands for the end of the template. */
function parseNodes(
  state: State,
  depth: number,
  inRange: boolean,
): { nodes: TemplateNode[]; stop: Stop | null } {
  const nodes: TemplateNode[] = []
  for (;;) {
    const segment = state.segments[state.at]
    state.at += 1
    if (segment === undefined) return { nodes, stop: null }
    if (segment.type === 'text') {
      nodes.push(segment)
      continue
    }
    const { tokens, line } = segment
    const word = keyword(tokens)
    if (tokens.length === 0) throw new TemplateError(line, 'an action is empty')
    if (word === 'end') {
      noMore(tokens, line)
      return { nodes, stop: { word, tokens: [], line } }
    }
    if (word === 'else') return { nodes, stop: { word, tokens: tokens.slice(1), line } }
    if (isBlock(word)) nodes.push(parseBlock(state, word, tokens.slice(1), line, depth + 1, inRange))
    else if (word === 'break' || word === 'continue') {
      noMore(tokens, line)
      if (!inRange) throw new TemplateError(line, `${word} outside of range`)
      nodes.push({ type: word, line })
    } else if (word !== undefined && NOT_SUPPORTED.has(word)) {
      throw new TemplateError(line, `${word} is not supported`)
    } else {
      const pipe = parsePipe(tokens, line)
      if (pipe.variables.length > 1) throw new TemplateError(line, 'two variables stand only in range')
      nodes.push({ type: 'output', pipe })
    }
  }
}

function parseBlock(
  state: State,
  type: BlockType,
  tokens: readonly Token[],
  line: number,
  depth: number,
  inRange: boolean,
): TemplateNode {
  if (depth > MAX_NESTING) throw new TemplateError(line, 'blocks are nested too deep')
  const pipe = parsePipe(tokens, line)
  if (pipe.variables.length > 1 && type !== 'range')
    throw new TemplateError(line, `${type} takes one variable at most`)
  const { nodes: body, stop } = parseNodes(state, depth, inRange || type === 'range')
  if (stop === null) throw new TemplateError(line, `${type} has no end`)
  if (stop.word === 'end') return { type, pipe, body, otherwise: [] }

  const next = keyword(stop.tokens)
  if (isBlock(next) && next === type && type !== 'range') {
    const chained = parseBlock(state, next, stop.tokens.slice(1), stop.line, depth + 1, inRange)
    return { type, pipe, body, otherwise: [chained] }
  }
  if (stop.tokens.length > 0) throw new TemplateError(stop.line, 'unexpected word after else')
  const rest = parseNodes(state, depth, inRange)
  if (rest.stop === null) throw new TemplateError(line, `${type} has no end`)
  if (rest.stop.word === 'else') throw new TemplateError(rest.stop.line, 'a second else')
  return { type, pipe, body, otherwise: rest.nodes }
}

/** Reads a template with the delimiters `<<` and `>>`.
 * @throws TemplateError
 */
export function parseTemplate(source: string): readonly TemplateNode[] {
  const { nodes, stop } = parseNodes({ segments: tokenize(source), at: 0 }, 0, false)
  if (stop?.word === 'else') throw new TemplateError(stop.line, 'else without a block')
  if (stop !== null) throw new TemplateError(stop.line, 'end without a block')
  return nodes
}
