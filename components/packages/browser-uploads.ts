import { apiGet, apiSend } from '#lib/browser/api.ts'
import { API } from '#lib/browser/api-paths.ts'
import { sendPart } from './send-part.ts'
import { isMoving, UploadSender } from './upload-sender.ts'

/** An id that works without a secure context, where `crypto.randomUUID` is missing. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, milliseconds)
    const go = () => {
      clearTimeout(timer)
      done()
    }
    signal.addEventListener('abort', go, { once: true })
    // The connection is back: no need to wait for the end of it.
    globalThis.addEventListener('online', go, { once: true, signal })
  })
}

/** This tab's files. */
export const browserUploads = new UploadSender({
  create: (request) => apiSend('POST', API.uploads, request),
  discard: (upload) => apiSend('DELETE', API.upload(upload)),
  look: (upload) => apiGet(API.upload(upload)),
  sendPart,
  newKey,
  now: () => performance.now(),
  wait,
})

if (typeof window !== 'undefined')
  // Leaving would cut off what is under way.
  window.addEventListener('beforeunload', (event) => {
    if (browserUploads.files().some(({ state }) => isMoving(state))) event.preventDefault()
  })
