import type { Operand, Pipe } from './syntax.ts'
import { TemplateError } from './template-error.ts'
import type { Token } from './token.ts'

/** How deep parentheses and blocks may nest. */
export const MAX_NESTING = 64

interface Reader {
  readonly tokens: readonly Token[]
  readonly line: number
  at: number
}

function isSymbol(token: Token | undefined, text: string): boolean {
  return token?.type === 'symbol' && token.text === text
}

function show(token: Token): string {
  if (token.type === 'literal') return JSON.stringify(token.value)
  return token.type === 'field' ? `.${token.text}` : token.text
}

function readPath(reader: Reader): string[] {
  const path: string[] = []
  for (;;) {
    const token = reader.tokens[reader.at]
    if (token?.type !== 'field' || token.gap) return path
    path.push(token.text)
    reader.at += 1
  }
}

function readOperand(reader: Reader, depth: number): Operand {
  const token = reader.tokens[reader.at]
  if (token === undefined) throw new TemplateError(reader.line, 'a value is missing')
  const { line } = token
  reader.at += 1
  switch (token.type) {
    case 'literal':
      return { type: 'literal', value: token.value, line }
    case 'name':
      return { type: 'function', name: token.text, line }
    case 'field':
      return { type: 'dot', path: [token.text, ...readPath(reader)], line }
    case 'variable':
      return { type: 'variable', name: token.text, path: readPath(reader), line }
    default:
      if (token.text === '.') return { type: 'dot', path: [], line }
      if (token.text === '(') {
        if (depth >= MAX_NESTING) throw new TemplateError(line, 'parentheses are nested too deep')
        const pipe = readPipe(reader, depth + 1)
        if (!isSymbol(reader.tokens[reader.at], ')')) throw new TemplateError(line, 'a ) is missing')
        reader.at += 1
        return { type: 'group', pipe, path: readPath(reader), line }
      }
      throw new TemplateError(line, `unexpected ${token.text}`)
  }
}

function readCommand(reader: Reader, depth: number): Operand[] {
  const operands: Operand[] = []
  for (;;) {
    const token = reader.tokens[reader.at]
    if (token === undefined || isSymbol(token, '|') || isSymbol(token, ')')) break
    if (operands.length > 0 && !token.gap)
      throw new TemplateError(token.line, `unexpected ${show(token)}, a space is missing`)
    operands.push(readOperand(reader, depth))
  }
  if (operands.length === 0) throw new TemplateError(reader.line, 'a command is missing')
  return operands
}

/** The variables before `:=` or `=`, if the pipeline begins with any. */
function readVariables(reader: Reader): { variables: string[]; assigns: boolean } {
  const { tokens, at } = reader
  const first = tokens[at]
  if (first?.type !== 'variable') return { variables: [], assigns: false }
  let next = at + 1
  const variables = [first.text]
  const second = tokens[next + 1]
  if (isSymbol(tokens[next], ',') && second?.type === 'variable') {
    variables.push(second.text)
    next += 2
  }
  const sign = tokens[next]
  const assigns = isSymbol(sign, '=')
  if (!assigns && !isSymbol(sign, ':=')) return { variables: [], assigns: false }
  reader.at = next + 1
  return { variables, assigns }
}

function readPipe(reader: Reader, depth: number): Pipe {
  const line = reader.tokens[reader.at]?.line ?? reader.line
  const { variables, assigns } = readVariables(reader)
  const commands = [readCommand(reader, depth)]
  while (isSymbol(reader.tokens[reader.at], '|')) {
    reader.at += 1
    const command = readCommand(reader, depth)
    if (command[0]?.type !== 'function')
      throw new TemplateError(command[0]?.line ?? line, 'only a function can take what a | passes on')
    commands.push(command)
  }
  return { variables, assigns, commands, line }
}

/**
 * The pipeline that the tokens of an action make up.
 * @param line line for errors that no token carries
 * @throws TemplateError
 */
export function parsePipe(tokens: readonly Token[], line: number): Pipe {
  const reader: Reader = { tokens, line, at: 0 }
  const pipe = readPipe(reader, 0)
  const left = tokens[reader.at]
  if (left !== undefined) throw new TemplateError(left.line, `unexpected ${show(left)}`)
  return pipe
}
