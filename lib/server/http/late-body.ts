import type { IncomingMessage } from 'node:http'

/** Whether a request brings a body, by its headers. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

/** Calls back once when a request's body has not arrived whole within `timeoutMs` milliseconds. */
export function onLateBody(request: IncomingMessage, timeoutMs: number, callback: () => void): void {
  if (!hasBody(request)) return
  const timer = setTimeout(() => {
    if (!request.complete) callback()
  }, timeoutMs)
  const done = () => clearTimeout(timer)
  request.once('end', done).once('close', done)
}
