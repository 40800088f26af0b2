import type { IncomingMessage, ServerResponse } from 'node:http'
import type { UploadStep } from '#lib/contract/package.ts'
import { publishUpload } from '#lib/server/services/publish-upload.ts'
import type { ServiceContext } from '#lib/server/services/context.ts'
import { errorFacts } from './error-facts.ts'
import type { LiveHub } from './live-hub.ts'
import { sendProblem } from './problem-response.ts'
import { RequestError } from './request-error.ts'
import { crossOriginProblem } from './same-origin.ts'

/** An upload of which nothing arrived for so long is given up. Milliseconds. */
const STALL_MS = 60_000
const CONTENT_TYPES = /^application\/(?:gzip|x-gzip|x-tgz|x-compressed-tar|octet-stream)$/i

export interface UploadOptions {
  live: LiveHub
  contextOf(request: { requestId: string; signal: AbortSignal }): ServiceContext
  maxPackageBytes: number
  stallMs?: number
}

/**
 * Answers `POST /api/packages?filename=`: the body is the package itself and is published while it arrives. Steps are
 * told to the caller's event streams under the id in the header `x-upload-id`.
 */
export async function receivePackage(
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
  options: UploadOptions,
): Promise<void> {
  const abort = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) abort.abort()
  })
  try {
    const { fileName, uploadId } = checkUpload(request, requestId, options.maxPackageBytes)
    const ctx = options.contextOf({ requestId, signal: abort.signal })
    const result = await publishUpload(ctx, {
      fileName,
      body: receive(request, options.maxPackageBytes, options.stallMs ?? STALL_MS),
      onSteps: (steps: UploadStep[]) => options.live.uploadChanged(ctx.caller.name, { uploadId, steps }),
    })
    response.writeHead(result.changed ? 201 : 200, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
    })
    response.end(JSON.stringify(result))
  } catch (error) {
    if (abort.signal.aborted || request.errored !== null) return void response.destroy()
    sendProblem(response, errorFacts(error, requestId), requestId)
  }
}

/** @throws RequestError when the upload needn't even start */
function checkUpload(request: IncomingMessage, requestId: string, maxBytes: number) {
  const header = (name: string) => request.headers[name]?.toString()
  const problem = crossOriginProblem(header)
  if (problem !== undefined) throw new RequestError('cross-origin', problem)
  const type = header('content-type')?.split(';', 1)[0]?.trim() ?? ''
  if (!CONTENT_TYPES.test(type))
    throw new RequestError('unsupported-media-type', 'a package is sent as application/gzip')
  if (Number(header('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes)
  const fileName = new URLSearchParams(request.url?.split('?', 2)[1]).get('filename') ?? ''
  // Shown on pages and kept in annotations: a plain file name, no path, nothing invisible.
  if (!/^[^\p{C}/\\]{1,200}$/u.test(fileName))
    throw new RequestError('bad-request', 'the query parameter filename must be a plain file name', {
      errors: [{ path: 'filename', code: 'pattern', detail: 'a plain file name is needed' }],
    })
  const id = header('x-upload-id')
  return { fileName, uploadId: id !== undefined && /^[\w-]{1,64}$/.test(id) ? id : requestId }
}

/** The body, piece by piece; it stays open when reading ends early, so that an answer can still be sent. */
async function* receive(
  request: IncomingMessage,
  maxBytes: number,
  stallMs: number,
): AsyncGenerator<Uint8Array> {
  let size = 0
  const chunks = request.iterator({ destroyOnReturn: false })
  try {
    for (;;) {
      const { done, value } = await inTime(chunks.next(), stallMs)
      if (done === true) return
      const chunk = value as Buffer
      size += chunk.length
      if (size > maxBytes) throw tooLarge(maxBytes)
      yield chunk
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

function tooLarge(maxBytes: number): RequestError {
  return new RequestError('too-large', `a package has at most ${maxBytes} bytes`)
}
