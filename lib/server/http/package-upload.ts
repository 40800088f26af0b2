import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ServiceContext } from '#lib/server/services/context.ts'
import { receivePart } from '#lib/server/services/uploads/receive-part.ts'
import { errorFacts } from './error-facts.ts'
import { sendProblem } from './problem-response.ts'
import { RequestError } from './request-error.ts'
import { crossOriginProblem } from './same-origin.ts'

/** A part of which nothing arrived for so long is given up; what came of it stays. Milliseconds. */
const STALL_MS = 60_000
const CONTENT_TYPES = /^application\/(?:gzip|x-gzip|x-tgz|x-compressed-tar|octet-stream)$/i
const PATH = /^\/api\/uploads\/([0-9a-f]{32})\/content$/

export interface PartOptions {
  requestId: string
  /** Id of the upload. */
  upload: string
  contextOf: (request: { requestId: string; signal: AbortSignal }) => ServiceContext
  stallMs?: number
}

/** The upload whose content a path means; undefined for any other path. */
export function uploadOfPath(path: string): string | undefined {
  return PATH.exec(path)?.[1]
}

/**
 * Answers `PATCH /api/uploads/{upload}/content`: the body is the part of the package that begins at the header
 * `upload-offset`. A whole package may take hours: only silence ends a part.
 */
export async function receivePackagePart(
  request: IncomingMessage,
  response: ServerResponse,
  { requestId, upload, contextOf, stallMs = STALL_MS }: PartOptions,
): Promise<void> {
  const abort = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) abort.abort()
  })
  try {
    const offset = checkPart(request)
    const ctx = contextOf({ requestId, signal: abort.signal })
    const view = await receivePart(ctx, { upload, offset, body: receive(request, stallMs) })
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    response.end(JSON.stringify(view))
  } catch (error) {
    if (abort.signal.aborted || request.errored !== null) return void response.destroy()
    sendProblem(response, errorFacts(error, requestId), requestId)
  }
}

/** @returns the offset @throws RequestError when the part needn't even start */
function checkPart(request: IncomingMessage): number {
  const header = (name: string) => request.headers[name]?.toString()
  const problem = crossOriginProblem(header)
  if (problem !== undefined) throw new RequestError('cross-origin', problem)
  const type = header('content-type')?.split(';', 1)[0]?.trim() ?? ''
  if (!CONTENT_TYPES.test(type))
    throw new RequestError('unsupported-media-type', 'a package is sent as application/gzip')
  const text = header('upload-offset') ?? ''
  if (!/^\d{1,15}$/.test(text))
    throw new RequestError('bad-request', 'the header upload-offset must be a number of bytes')
  return Number(text)
}

/** The body, piece by piece; it stays open when reading ends early, so that an answer can still be sent. */
async function* receive(request: IncomingMessage, stallMs: number): AsyncGenerator<Uint8Array> {
  const chunks = request.iterator({ destroyOnReturn: false })
  try {
    for (;;) {
      const { done, value } = await inTime(chunks.next(), stallMs)
      if (done === true) return
      yield value as Buffer
    }
  } finally {
    // Not awaited: behind a read that never ends, neither would this.
    void chunks.return?.()
  }
}

async function inTime<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(
    () =>
      late.reject(
        new RequestError('timeout', `nothing arrived for ${milliseconds / 1000} s`, { status: 408 }),
      ),
    milliseconds,
  )
  try {
    return await Promise.race([promise, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
