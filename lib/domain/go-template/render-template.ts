import type { Json } from '#lib/kinds/object.ts'
import { Budget, DEFAULT_LIMITS } from './budget.ts'
import type { TemplateLimits } from './budget.ts'
import { evaluatePipe } from './evaluate.ts'
import { parseTemplate } from './parse-template.ts'
import type { Pipe, TemplateNode } from './syntax.ts'
import { TemplateError } from './template-error.ts'
import { isTrue, kindName, ownValue, toText } from './value.ts'
import { Variables } from './variables.ts'

type Flow = 'on' | 'break' | 'continue'

class Renderer {
  private readonly variables = new Variables()
  private readonly budget: Budget
  private readonly parts: string[] = []
  private length = 0

  constructor(data: Json, budget: Budget) {
    this.budget = budget
    this.variables.declare('$', data)
  }

  get output(): string {
    return this.parts.join('')
  }

  private write(text: string, line: number): void {
    this.length += text.length
    if (this.length > this.budget.limits.maxCharacters)
      throw new TemplateError(
        line,
        `the output is longer than ${this.budget.limits.maxCharacters} characters`,
      )
    this.parts.push(text)
  }

  private evaluate(pipe: Pipe, dot: Json): Json {
    return evaluatePipe(pipe, { dot, variables: this.variables, budget: this.budget })
  }

  run(nodes: readonly TemplateNode[], dot: Json): Flow {
    for (const node of nodes) {
      const flow = this.runNode(node, dot)
      if (flow !== 'on') return flow
    }
    return 'on'
  }

  private runNode(node: TemplateNode, dot: Json): Flow {
    if (node.type === 'break' || node.type === 'continue') return node.type
    if (node.type === 'text') {
      this.budget.spend(1, 1)
      this.write(node.text, 1)
      return 'on'
    }
    if (node.type === 'output') {
      const value = this.evaluate(node.pipe, dot)
      if (node.pipe.variables.length > 0) return 'on'
      this.budget.spendValue(value, node.pipe.line)
      this.write(toText(value), node.pipe.line)
      return 'on'
    }
    const mark = this.variables.enter()
    const value = this.evaluate(node.pipe, dot)
    let flow: Flow = 'on'
    if (node.type === 'range') flow = this.runRange(node.pipe, node.body, node.otherwise, value, dot)
    else if (!isTrue(value)) flow = this.run(node.otherwise, dot)
    else flow = this.run(node.body, node.type === 'with' ? value : dot)
    this.variables.leave(mark)
    return flow
  }

  /** Keys and values in order; maps by sorted key, a whole number n as 0 … n-1. */
  private elements(value: Json, line: number): Iterable<readonly [Json, Json]> {
    if (value === null) return []
    if (Array.isArray(value)) return value.entries()
    if (typeof value === 'object') {
      const keys = Object.keys(value).sort()
      this.budget.spend(keys.length, line)
      return keys.map((key) => [key, ownValue(value, key)] as const)
    }
    if (typeof value === 'number' && Number.isInteger(value)) {
      this.budget.spend(Math.max(value, 0), line)
      return Array.from({ length: Math.max(value, 0) }, (_, index) => [index, index] as const)
    }
    throw new TemplateError(line, `range cannot go over ${kindName(value)}`)
  }

  private runRange(
    pipe: Pipe,
    body: readonly TemplateNode[],
    otherwise: readonly TemplateNode[],
    value: Json,
    dot: Json,
  ): Flow {
    const [first, second] = pipe.variables
    let empty = true
    for (const [key, item] of this.elements(value, pipe.line)) {
      empty = false
      this.budget.spend(1, pipe.line)
      const mark = this.variables.enter()
      if (first !== undefined) this.bind(pipe, first, second === undefined ? item : key)
      if (second !== undefined) this.bind(pipe, second, item)
      const flow = this.run(body, item)
      this.variables.leave(mark)
      if (flow === 'break') break
    }
    return empty ? this.run(otherwise, dot) : 'on'
  }

  private bind(pipe: Pipe, name: string, value: Json): void {
    if (pipe.assigns) this.variables.assign(name, value, pipe.line)
    else this.variables.declare(name, value)
  }
}

/**
 * Renders a Go template with the delimiters `<<` and `>>`.
 * Nothing in `data` is changed; fields of nil are nil, and nil prints as nothing.
 * @param data what `.` and `$` stand for
 * @throws TemplateError and nothing else, with the line and the cause; also when a limit is reached
 */
export function renderTemplate(source: string, data: Json, limits: Partial<TemplateLimits> = {}): string {
  const budget = new Budget({ ...DEFAULT_LIMITS, ...limits })
  if (source.length > budget.limits.maxCharacters)
    throw new TemplateError(1, `the template is longer than ${budget.limits.maxCharacters} characters`)
  const nodes = parseTemplate(source)
  const renderer = new Renderer(data, budget)
  renderer.run(nodes, data)
  return renderer.output
}
