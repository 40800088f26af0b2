import type { Json } from '#lib/kinds/object.ts'
import { TemplateError } from './template-error.ts'

export interface TemplateLimits {
  /** Evaluated terms, plus one for each 64 characters or each element that a function handles. */
  readonly maxSteps: number
  /** Characters, of the template, of the output and of any text made on the way. */
  readonly maxCharacters: number
  /** Nesting of values that are written out as YAML or JSON. */
  readonly maxDepth: number
}

export const DEFAULT_LIMITS: TemplateLimits = { maxSteps: 200_000, maxCharacters: 1_048_576, maxDepth: 64 }

/** Counts what a rendering uses up, so that no template can hang or fill the memory. */
export class Budget {
  readonly limits: TemplateLimits
  private steps = 0

  constructor(limits: TemplateLimits) {
    this.limits = limits
  }

  /** @throws TemplateError once the steps are used up */
  spend(steps: number, line: number): void {
    this.steps += steps
    if (this.steps > this.limits.maxSteps) throw new TemplateError(line, 'the template takes too many steps')
  }

  /** Charges for a text. @throws TemplateError when it is too long */
  spendText(length: number, line: number): void {
    if (length > this.limits.maxCharacters)
      throw new TemplateError(line, `a text is longer than ${this.limits.maxCharacters} characters`)
    this.spend(length >> 6, line)
  }

  /** Charges for everything inside a value. @throws TemplateError when it is too large or too deep */
  spendValue(value: Json, line: number, depth = 0): void {
    if (depth > this.limits.maxDepth) throw new TemplateError(line, 'a value is nested too deep')
    this.spend(1, line)
    if (typeof value === 'string') this.spendText(value.length, line)
    else if (Array.isArray(value)) for (const item of value) this.spendValue(item, line, depth + 1)
    else if (value !== null && typeof value === 'object')
      for (const [key, item] of Object.entries(value)) {
        this.spendText(key.length, line)
        this.spendValue(item, line, depth + 1)
      }
  }
}
