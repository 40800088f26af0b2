import type { Problem } from '#lib/contract/problem.ts'
import { NetworkError, ProblemError } from './problem-error.ts'

/** An answer that takes longer won't come: a connection may be dead without saying so. Milliseconds. */
const READ_TIMEOUT_MS = 35_000

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\b/i

async function answerOf<T>(request: Promise<Response>): Promise<T> {
  let response: Response
  try {
    response = await request
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new NetworkError('no answer', { cause: error })
  }
  const isJson = JSON_TYPE.test(response.headers.get('content-type') ?? '')
  if (response.ok && response.status === 204) return undefined as T
  if (!isJson) throw new NetworkError(`status ${response.status} without JSON`)
  const body: unknown = await response.json().catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new NetworkError('half an answer', { cause: error })
  })
  if (response.ok) return body as T
  throw new ProblemError(body as Problem)
}

/**
 * Reads JSON. Unchanged answers come out of the browser's own cache by their ETag.
 * @throws ProblemError when the server refuses, NetworkError when nothing answers
 */
export function apiGet<T>(path: string, signal?: AbortSignal): Promise<T> {
  const timeout = AbortSignal.timeout(READ_TIMEOUT_MS)
  return answerOf<T>(
    fetch(path, {
      headers: { accept: 'application/json' },
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    }),
  )
}

/**
 * Sends JSON and reads the answer.
 * @throws ProblemError when the server refuses, NetworkError when nothing answers
 */
export function apiSend<T>(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<T> {
  return answerOf<T>(
    fetch(path, {
      method,
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify(body ?? {}),
    }),
  )
}
