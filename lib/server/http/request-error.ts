import type { FieldProblem, ProblemCode } from '#lib/contract/problem.ts'
import type { ProblemFacts } from './problem-response.ts'

/** A request that is refused before any service sees it. */
export class RequestError extends Error {
  override readonly name = 'RequestError'
  readonly facts: ProblemFacts

  constructor(code: ProblemCode, detail: string, more: { status?: number; errors?: FieldProblem[] } = {}) {
    super(detail)
    this.facts = { code, detail, ...more }
  }
}
