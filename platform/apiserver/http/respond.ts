import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzip } from 'node:zlib'
import { promisify } from 'node:util'
import { ApiError, internalError } from '../api-error.ts'
import { StoreWriteError } from '../storage/store-write-error.ts'

const GZIP_FROM_BYTES = 128 * 1024
const gzipAsync = promisify(gzip)

/** Sends a text, compressed when it is large and the client can take it. */
export async function send(
  request: IncomingMessage,
  response: ServerResponse,
  code: number,
  contentType: string,
  body: string,
  warnings: readonly string[] = [],
): Promise<void> {
  if (response.destroyed) return
  const headers: Record<string, string | string[]> = { 'content-type': contentType }
  if (!response.hasHeader('cache-control')) headers['cache-control'] = 'no-cache, private'
  if (warnings.length > 0)
    headers['warning'] = [...new Set(warnings)].slice(0, 16).map((text) => `299 - ${JSON.stringify(text)}`)
  let bytes = Buffer.from(body)
  if (bytes.length > GZIP_FROM_BYTES && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) {
    bytes = await gzipAsync(bytes, { level: 1 })
    headers['content-encoding'] = 'gzip'
    headers['vary'] = 'Accept-Encoding'
  }
  headers['content-length'] = String(bytes.length)
  response.writeHead(code, headers)
  response.end(bytes)
}

/** The answer to a path that nothing is behind. */
export function sendNotFound(request: IncomingMessage, response: ServerResponse): Promise<void> {
  return send(request, response, 404, 'text/plain; charset=utf-8', '404 page not found\n')
}

/** What tells one state of a document from another. */
export function hashOf(body: string): string {
  return createHash('sha512').update(body).digest('hex').toUpperCase()
}

/** Sends a document that seldom changes, with an ETag. */
export async function sendCached(
  request: IncomingMessage,
  response: ServerResponse,
  contentType: string,
  body: string,
): Promise<void> {
  const etag = `"${hashOf(body)}"`
  response.setHeader('etag', etag)
  response.setHeader('vary', 'Accept')
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304)
    response.end()
    return
  }
  await send(request, response, 200, contentType, body)
}

/** Sends an error as a Status; one that nobody foresaw as a bare 500. */
export async function sendError(
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
  log: (line: string) => void,
): Promise<void> {
  if (error instanceof StoreWriteError) log(error.message)
  else if (!(error instanceof ApiError))
    log(`unexpected: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  if (response.headersSent) {
    response.destroy()
    return
  }
  const known =
    error instanceof ApiError
      ? error
      : error instanceof StoreWriteError
        ? internalError(error.message)
        : new ApiError(
            500,
            'InternalError',
            'an error on the server has prevented the request from succeeding',
          )
  await send(request, response, known.code, 'application/json', JSON.stringify(known.toStatus()))
}
