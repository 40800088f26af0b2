import type { ServerResponse } from 'node:http'
import type { Problem, ProblemCode } from '#lib/contract/problem.ts'

const STATUS_AND_TITLE: Record<ProblemCode, [number, string]> = {
  'bad-request': [400, 'The request makes no sense'],
  unauthorized: [401, 'Not signed in'],
  forbidden: [403, 'Not allowed'],
  'not-found': [404, 'Not found'],
  conflict: [409, 'Changed meanwhile'],
  invalid: [422, 'Some fields are wrong'],
  refused: [422, 'A rule forbids it'],
  'too-large': [413, 'Too large'],
  'unsupported-media-type': [415, 'Unsupported content type'],
  misdirected: [421, 'Not served under this name'],
  'cross-origin': [403, 'Not from this origin'],
  timeout: [504, 'It took too long'],
  'no-space': [507, 'The disk is full'],
  unavailable: [503, 'Not available right now'],
  internal: [500, 'Something went wrong'],
}

/** What a problem is made of; status and title follow from the code unless given. */
export type ProblemFacts = Pick<Problem, 'code' | 'detail'> &
  Partial<Pick<Problem, 'status' | 'title' | 'reasons' | 'errors'>>

/** The complete problem of a request. */
export function problemOf(facts: ProblemFacts, requestId: string): Problem {
  const [status, title] = STATUS_AND_TITLE[facts.code]
  return { type: `/problems/${facts.code}`, title, status, ...facts, requestId }
}

/** Headers that go with a problem. */
export function problemHeaders(problem: Problem, retryAfterSeconds?: number): Record<string, string> {
  const retry = retryAfterSeconds ?? (problem.code === 'unavailable' ? 2 : undefined)
  return {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...(retry === undefined ? {} : { 'retry-after': String(Math.ceil(retry)) }),
  }
}

/** Milliseconds that a client gets to read an answer while it is still sending. */
const LINGER_MS = 2000

/**
 * Answers a raw request with a problem. What is still being sent is thrown away for a moment before the connection is
 * cut: cutting at once would make many clients miss the answer.
 */
export function sendProblem(response: ServerResponse, facts: ProblemFacts, requestId: string): void {
  if (response.headersSent || response.destroyed) {
    response.destroy()
    return
  }
  const problem = problemOf(facts, requestId)
  const { req } = response
  if (!req.complete) {
    const timer = setTimeout(() => req.destroy(), LINGER_MS).unref()
    req.once('end', () => clearTimeout(timer)).once('close', () => clearTimeout(timer))
    req.resume()
  }
  response.writeHead(problem.status, problemHeaders(problem))
  response.end(JSON.stringify(problem))
}
