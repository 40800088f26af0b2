import type { Json } from '#lib/kinds/object.ts'
import { TemplateError } from './template-error.ts'

/** The variables in sight: blocks see those around them, and what they declare ends with them. */
export class Variables {
  private readonly stack: { name: string; value: Json }[] = []

  /** Marks the beginning of a block; give the result to `leave`. */
  enter(): number {
    return this.stack.length
  }

  leave(mark: number): void {
    this.stack.length = mark
  }

  declare(name: string, value: Json): void {
    this.stack.push({ name, value })
  }

  assign(name: string, value: Json, line: number): void {
    this.find(name, line).value = value
  }

  get(name: string, line: number): Json {
    return this.find(name, line).value
  }

  private find(name: string, line: number): { value: Json } {
    const found = this.stack.findLast((variable) => variable.name === name)
    if (found === undefined) throw new TemplateError(line, `there is no variable ${name}`)
    return found
  }
}
