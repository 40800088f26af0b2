import type { Problem } from '#lib/contract/problem.ts'

/** The server answered, and refused. */
export class ProblemError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail === '' ? problem.title : problem.detail)
    this.name = 'ProblemError'
    this.problem = problem
  }
}

/** No answer came: the console is away, or what answered was not it. */
export class NetworkError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'NetworkError'
  }
}
