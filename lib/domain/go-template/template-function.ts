import type { Json, JsonObject } from '#lib/kinds/object.ts'
import type { Budget } from './budget.ts'
import { TemplateError } from './template-error.ts'
import { isMap, kindName, toText } from './value.ts'

/** What a function sees of its call: its arguments, checked one by one, and the budget. */
export class Call {
  readonly name: string
  readonly args: readonly Json[]
  readonly line: number
  readonly budget: Budget

  constructor(name: string, args: readonly Json[], line: number, budget: Budget) {
    this.name = name
    this.args = args
    this.line = line
    this.budget = budget
  }

  fail(cause: string): never {
    throw new TemplateError(this.line, `${this.name}: ${cause}`)
  }

  /** The argument at `index`; null when it is left out. */
  value(index: number): Json {
    return this.args[index] ?? null
  }

  text(index: number): string {
    const value = this.value(index)
    if (typeof value !== 'string') return this.wrong(index, 'a text', value)
    this.budget.spendText(value.length, this.line)
    return value
  }

  number(index: number): number {
    const value = this.value(index)
    return typeof value === 'number' ? value : this.wrong(index, 'a number', value)
  }

  /** A whole number from `min` to `max`. */
  count(index: number, min: number, max: number): number {
    const value = this.number(index)
    if (!Number.isInteger(value) || value < min || value > max)
      this.fail(`argument ${index + 1} must be a whole number from ${min} to ${max}`)
    return value
  }

  /** A list; nil counts as an empty one. */
  list(index: number): readonly Json[] {
    const value = this.value(index)
    if (value === null) return []
    if (!Array.isArray(value)) return this.wrong(index, 'a list', value)
    this.budget.spend(value.length, this.line)
    return value
  }

  /** A map; nil counts as an empty one. */
  map(index: number): Readonly<JsonObject> {
    const value = this.value(index)
    if (value === null) return {}
    return isMap(value) ? value : this.wrong(index, 'a map', value)
  }

  /** Any value as an action would print it. */
  print(value: Json): string {
    this.budget.spendValue(value, this.line)
    return toText(value)
  }

  private wrong(index: number, expected: string, value: Json): never {
    return this.fail(`argument ${index + 1} must be ${expected}, not ${kindName(value)}`)
  }
}

export interface TemplateFunction {
  readonly min: number
  readonly max: number
  readonly run: (call: Call) => Json
}

/** A function that takes from `min` to `max` arguments. */
export function fn(min: number, max: number, run: (call: Call) => Json): TemplateFunction {
  return { min, max, run }
}
