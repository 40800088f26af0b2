import type { FieldProblem, ProblemCode } from '#lib/contract/problem.ts'

/** A request that is refused before any service sees it. */
export class RequestError extends Error {
  override readonly name = 'RequestError'
  readonly code: ProblemCode
  readonly status: number | undefined
  readonly errors: FieldProblem[] | undefined

  constructor(
    code: ProblemCode,
    message: string,
    options: { status?: number; errors?: FieldProblem[] } = {},
  ) {
    super(message)
    this.code = code
    this.status = options.status
    this.errors = options.errors
  }
}
