import { onLiveEvent } from '#lib/browser/live/live-events.ts'
import { sendPackage } from './send-package.ts'
import { UploadQueue, isActive } from './upload-queue.ts'

/** An id that works without a secure context, where `crypto.randomUUID` is missing. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}

/** This tab's uploads. */
export const browserUploads = new UploadQueue({ send: sendPackage, newId, now: () => performance.now() })

if (typeof window !== 'undefined') {
  onLiveEvent((event) => {
    if (event.type === 'upload') browserUploads.tell(event.uploadId, event.steps)
  })
  // Leaving would cut off what is under way.
  window.addEventListener('beforeunload', (event) => {
    if (browserUploads.uploads().some(isActive)) event.preventDefault()
  })
}
