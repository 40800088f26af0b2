/** The only error that parsing or rendering a template throws. */
export class TemplateError extends Error {
  /** Line of the template, counted from 1. */
  readonly line: number

  /** @param line line of the template, counted from 1 */
  constructor(line: number, cause: string) {
    super(`line ${line}: ${cause}`)
    this.name = 'TemplateError'
    this.line = line
  }
}
