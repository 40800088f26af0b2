import type { Json } from '#lib/kinds/object.ts'
import type { Budget } from './budget.ts'
import { COLLECTIONS } from './functions/collections.ts'
import { COMPARISON } from './functions/comparison.ts'
import { CONVERSION } from './functions/conversion.ts'
import { NUMBERS } from './functions/numbers.ts'
import { TEXT } from './functions/text.ts'
import type { Operand, Pipe } from './syntax.ts'
import { TemplateError } from './template-error.ts'
import { Call } from './template-function.ts'
import type { Variables } from './variables.ts'
import { isMap, isTrue, kindName, ownValue } from './value.ts'

const FUNCTIONS = new Map(
  Object.entries({ ...COMPARISON, ...TEXT, ...COLLECTIONS, ...NUMBERS, ...CONVERSION }),
)

/** Where an expression is evaluated: what `.` is, and which variables are in sight. */
export interface Scope {
  readonly dot: Json
  readonly variables: Variables
  readonly budget: Budget
}

function follow(start: Json, path: readonly string[], line: number): Json {
  let value = start
  for (const field of path) {
    if (value === null) return null
    if (!isMap(value)) throw new TemplateError(line, `${kindName(value)} has no field ${field}`)
    value = ownValue(value, field)
  }
  return value
}

function valueOf(operand: Operand, scope: Scope): Json {
  scope.budget.spend(1, operand.line)
  switch (operand.type) {
    case 'literal':
      return operand.value
    case 'dot':
      return follow(scope.dot, operand.path, operand.line)
    case 'variable':
      return follow(scope.variables.get(operand.name, operand.line), operand.path, operand.line)
    case 'group':
      return follow(evaluatePipe(operand.pipe, scope), operand.path, operand.line)
    default:
      return callFunction(operand, [], undefined, scope)
  }
}

/** `and` and `or` stop at the first argument that decides. */
function shortCircuit(
  name: 'and' | 'or',
  args: readonly Operand[],
  piped: Json | undefined,
  scope: Scope,
): Json {
  let value: Json = null
  for (const arg of args) {
    value = valueOf(arg, scope)
    if (isTrue(value) === (name === 'or')) return value
  }
  return piped === undefined ? value : piped
}

function callFunction(
  operand: Operand & { type: 'function' },
  args: readonly Operand[],
  piped: Json | undefined,
  scope: Scope,
): Json {
  const { name, line } = operand
  const given = args.length + (piped === undefined ? 0 : 1)
  if (name === 'and' || name === 'or') {
    if (given === 0) throw new TemplateError(line, `${name} takes at least one argument`)
    return shortCircuit(name, args, piped, scope)
  }
  const definition = FUNCTIONS.get(name)
  if (definition === undefined) throw new TemplateError(line, `there is no function ${name}`)
  const { min, max, run } = definition
  if (given < min || given > max) {
    const wanted = min === max ? String(min) : `${min} to ${max}`
    throw new TemplateError(line, `${name} takes ${wanted} arguments, not ${given}`)
  }
  const values = args.map((arg) => valueOf(arg, scope))
  if (piped !== undefined) values.push(piped)
  const result = run(new Call(name, values, line, scope.budget))
  if (typeof result === 'string') scope.budget.spendText(result.length, line)
  else if (Array.isArray(result)) scope.budget.spend(result.length, line)
  return result
}

function evaluateCommand(command: readonly Operand[], piped: Json | undefined, scope: Scope): Json {
  const [first, ...args] = command
  if (first === undefined) return null
  if (first.type === 'function') return callFunction(first, args, piped, scope)
  if (args.length > 0 || piped !== undefined)
    throw new TemplateError(first.line, 'arguments are given to something that is no function')
  return valueOf(first, scope)
}

/** The value of a pipeline; its variables are the caller's to set.
 * @throws TemplateError
 */
export function evaluatePipe(pipe: Pipe, scope: Scope): Json {
  scope.budget.spend(1, pipe.line)
  let value: Json | undefined
  for (const command of pipe.commands) value = evaluateCommand(command, value, scope)
  const result = value ?? null
  const [name] = pipe.variables
  if (name !== undefined && pipe.variables.length === 1) {
    if (pipe.assigns) scope.variables.assign(name, result, pipe.line)
    else scope.variables.declare(name, result)
  }
  return result
}
