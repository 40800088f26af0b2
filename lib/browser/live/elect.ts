const LOCK = 'live-stream'

/** Leads while it holds the browser's lock; the next tab takes over the moment this one goes. */
function electByLock(lead: () => () => void): () => void {
  const abort = new AbortController()
  let release: (() => void) | undefined
  navigator.locks
    .request(LOCK, { signal: abort.signal }, () => {
      const end = lead()
      return new Promise<void>((resolve) => {
        release = () => {
          end()
          resolve()
        }
      })
    })
    .catch((error: unknown) => {
      if (!abort.signal.aborted) throw error
    })
  return () => {
    if (release) release()
    else abort.abort()
  }
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
 * @returns how to stand back
 */
export function elect(lead: () => () => void): () => void {
  return 'locks' in navigator ? electByLock(lead) : electByVisibility(lead)
}
