import { API } from '#lib/browser/api-paths.ts'
import { NetworkError, ProblemError } from '#lib/browser/problem-error.ts'
import type { Problem } from '#lib/contract/problem.ts'
import type { UploadView } from '#lib/contract/upload.ts'

function answerOf(request: XMLHttpRequest): UploadView {
  let body: unknown
  try {
    body = JSON.parse(request.responseText)
  } catch {
    throw new NetworkError(`status ${request.status} without JSON`)
  }
  if (request.status >= 200 && request.status < 300) return body as UploadView
  throw new ProblemError(body as Problem)
}

/**
 * Sends a part of a package. Only XMLHttpRequest tells how much has been sent.
 * @param offset where in the file the part begins, in bytes
 * @param onProgress told the bytes of the part that were sent so far
 * @throws ProblemError when the server refuses, NetworkError when the connection breaks, the signal's reason
 */
export function sendPart(
  upload: string,
  part: Blob,
  offset: number,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (sent: number) => void },
): Promise<UploadView> {
  return new Promise<UploadView>((resolve, reject) => {
    const request = new XMLHttpRequest()
    const stop = () => {
      request.abort()
      reject(new DOMException('stopped', 'AbortError'))
    }
    if (signal.aborted) return stop()
    signal.addEventListener('abort', stop, { once: true })
    request.upload.addEventListener('progress', (event) => {
      onProgress(event.loaded)
    })
    request.addEventListener('load', () => {
      try {
        resolve(answerOf(request))
      } catch (error) {
        reject(error instanceof Error ? error : new NetworkError(String(error)))
      }
    })
    request.addEventListener('error', () => {
      reject(new NetworkError('the connection broke'))
    })
    request.addEventListener('loadend', () => {
      signal.removeEventListener('abort', stop)
    })
    request.open('PATCH', `${API.upload(upload)}/content`)
    request.setRequestHeader('content-type', 'application/gzip')
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('upload-offset', String(offset))
    request.send(part)
  })
}
