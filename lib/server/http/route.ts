import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { ServiceContext } from '#lib/server/services/context.ts'
import { type Backend, currentBackend } from './backend.ts'
import { entityTag, matchesTag } from './conditional.ts'
import { readJsonBody } from './json-body.ts'
import type { ErrorFacts } from './error-facts.ts'
import { problemHeaders, problemOf } from './problem-response.ts'
import { RequestError } from './request-error.ts'
import { crossOriginProblem } from './same-origin.ts'
import { validBody, validParams, validQuery } from './validation.ts'

/** An answer may take this long. Milliseconds. */
const DEADLINE_MS = 30_000

export interface RouteInput<Params, Query, Body> {
  ctx: ServiceContext
  services: Backend['services']
  params: Params
  query: Query
  body: Body
}

export interface RouteOptions<Params, Query, Body> {
  /** Checks the path's parameters; what doesn't fit is not found. */
  params?: z.ZodType<Params>
  query?: z.ZodType<Query>
  /** Only for writes; an absent body is `{}`. */
  body?: z.ZodType<Body>
  /** Status of an answer that went well; 200 unless given. */
  status?: (input: RouteInput<Params, Query, Body>) => number
  /** Returns what is sent as JSON, or a whole Response. */
  handler: (input: RouteInput<Params, Query, Body>) => unknown
}

type RouteHandler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>

/**
 * Makes a route handler: origin of writes, sizes, types and schemas are checked, a context with the caller and a
 * deadline is made, reads get an entity tag, and whatever is thrown becomes a problem with the request's id.
 */
export function route<Params = unknown, Query = unknown, Body = unknown>(
  options: RouteOptions<Params, Query, Body>,
): RouteHandler {
  return async (request, context) => {
    const requestId = request.headers.get('x-request-id') ?? randomUUID()
    try {
      return await run(options, request, await context.params, requestId)
    } catch (error) {
      return problemResponse(error, requestId)
    }
  }
}

async function run<Params, Query, Body>(
  options: RouteOptions<Params, Query, Body>,
  request: Request,
  params: unknown,
  requestId: string,
): Promise<Response> {
  const isWrite = request.method !== 'GET' && request.method !== 'HEAD'
  if (isWrite) {
    const problem = crossOriginProblem((name) => request.headers.get(name))
    if (problem !== undefined) throw new RequestError('cross-origin', problem)
  }
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(DEADLINE_MS)])
  const backend = currentBackend()
  const query = new URL(request.url).searchParams
  const input: RouteInput<Params, Query, Body> = {
    services: backend.services,
    params: validParams(options.params, params),
    query: validQuery(options.query, query),
    body: validBody(options.body, isWrite ? ((await readJsonBody(request)) ?? {}) : undefined),
    ctx: backend.contextOf({ requestId, signal }),
  }
  const answer = await options.handler(input)
  if (answer instanceof Response) return answer
  if (!isWrite) return readResponse(request, answer)
  return Response.json(answer, {
    status: options.status?.(input) ?? 200,
    headers: { 'cache-control': 'no-store' },
  })
}

/** The cache may keep a copy for this user alone and must ask each time whether it still holds. */
function readResponse(request: Request, answer: unknown): Response {
  const body = JSON.stringify(answer)
  const tag = entityTag(body)
  const headers = { etag: tag, 'cache-control': 'private, no-cache' }
  if (matchesTag(request.headers.get('if-none-match'), tag))
    return new Response(null, { status: 304, headers })
  return new Response(body, { headers: { ...headers, 'content-type': 'application/json' } })
}

function problemResponse(error: unknown, requestId: string): Response {
  // Refusals of this copy of the module are its own; what services throw is known to the copy they live in.
  const { retryAfterSeconds, ...facts }: ErrorFacts =
    error instanceof RequestError ? error.facts : currentBackend().factsOf(error, requestId)
  const problem = problemOf(facts, requestId)
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: problemHeaders(problem, retryAfterSeconds),
  })
}
