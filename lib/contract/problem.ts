import type { Reason } from '#lib/domain/reason.ts'

/** Machine-readable kinds of problem; the browser has a sentence for each in both languages. */
export const PROBLEM_CODES = [
  'bad-request',
  'unauthorized',
  'forbidden',
  'not-found',
  'conflict',
  'invalid',
  'refused',
  'too-large',
  'unsupported-media-type',
  'misdirected',
  'cross-origin',
  'timeout',
  'no-space',
  'unavailable',
  'internal',
] as const

export type ProblemCode = (typeof PROBLEM_CODES)[number]

/** One wrong field. */
export interface FieldProblem {
  /** Dotted path in the request, such as `config.custom.mps_enable`. */
  path: string
  /** `required`, `type`, `enum`, `minimum`, `unknown`, … */
  code: string
  detail: string
  /** The same for people, where a rule of the domain says it. */
  reason?: Reason
}

/** An RFC 9457 problem (`application/problem+json`). */
export interface Problem {
  /** `about:blank` or `/problems/<code>`. */
  type: string
  title: string
  status: number
  detail: string
  code: ProblemCode
  requestId: string
  /** Domain rules that refused, for `refused` and `conflict`. */
  reasons?: Reason[]
  /** For `invalid`. */
  errors?: FieldProblem[]
}
