/** Tabs of another version of this page, with which we can't talk, have a lock and a stream of their own. */
const LOCK = 'live-stream-2'

/** Leads while it holds the browser's lock; the next tab takes over the moment this one goes. */
function electByLock(lead: () => () => void, force: boolean): () => void {
  const abort = new AbortController()
  let release: (() => void) | undefined
  navigator.locks
    .request(LOCK, force ? { steal: true } : { signal: abort.signal }, () => {
      if (abort.signal.aborted) return undefined
      const end = lead()
      return new Promise<void>((resolve) => {
        release = () => {
          release = undefined
          end()
          resolve()
        }
      })
    })
    .catch((error: unknown) => {
      // Another tab took the lock away because this one did not answer; it stands in line again.
      if (release !== undefined) {
        release()
        resign = electByLock(lead, false)
      } else if (!abort.signal.aborted) throw error
    })
  let resign = () => {
    abort.abort()
    release?.()
  }
  return () => resign()
}

/** Leads while it is visible: few tabs are, and a hidden one catches up when it is looked at again. */
function electByVisibility(lead: () => () => void): () => void {
  let end: (() => void) | undefined
  const update = () => {
    if (document.hidden) {
      end?.()
      end = undefined
    } else end ??= lead()
  }
  document.addEventListener('visibilitychange', update)
  update()
  return () => {
    document.removeEventListener('visibilitychange', update)
    end?.()
  }
}

/**
 * Calls `lead` when this tab is the one that holds the stream, and what that returned when it no longer is.
 * Locks exist on secure origins only; elsewhere each visible tab has a stream.
 * @param force takes the place of a tab that holds it and doesn't answer
 * @returns how to stand back
 */
export function elect(lead: () => () => void, force: boolean): () => void {
  return 'locks' in navigator ? electByLock(lead, force) : electByVisibility(lead)
}
