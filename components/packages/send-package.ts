import { API } from '#lib/browser/api-paths.ts'
import { NetworkError, ProblemError } from '#lib/browser/problem-error.ts'
import type { UploadResult } from '#lib/contract/package.ts'
import type { Problem } from '#lib/contract/problem.ts'

export interface Sending {
  /** @throws ProblemError when the server refuses, NetworkError when the connection breaks, AbortError when cancelled */
  result: Promise<UploadResult>
  cancel: () => void
}

function answerOf(request: XMLHttpRequest): UploadResult {
  let body: unknown
  try {
    body = JSON.parse(request.responseText)
  } catch {
    throw new NetworkError(`status ${request.status} without JSON`)
  }
  if (request.status >= 200 && request.status < 300) return body as UploadResult
  throw new ProblemError(body as Problem)
}

/**
 * Uploads a package as it is. Only XMLHttpRequest tells how much has been sent.
 * @param uploadId names the upload in live events
 * @param onProgress told the bytes sent so far
 */
export function sendPackage(file: File, uploadId: string, onProgress: (sent: number) => void): Sending {
  const request = new XMLHttpRequest()
  const result = new Promise<UploadResult>((resolve, reject) => {
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
    request.addEventListener('abort', () => {
      reject(new DOMException('cancelled', 'AbortError'))
    })
    request.open('POST', API.upload(file.name))
    request.setRequestHeader('content-type', 'application/gzip')
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('x-upload-id', uploadId)
    request.send(file)
  })
  return {
    result,
    cancel: () => {
      request.abort()
    },
  }
}
