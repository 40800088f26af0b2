const TICK_MS = 2000

export interface LifecycleHandlers {
  /** The page runs, from the beginning or again. */
  onRun: () => void
  /** The page will not run for a while, or never again. */
  onSuspend: () => void
  /** Now and then while the page runs. */
  onTick: (isVisible: boolean) => void
  /** Somebody looks at the page, or the network is back. */
  onHurry: () => void
}

/**
 * Tells when the browser freezes a page, keeps it for the back button, or wakes it up.
 * @returns how to stop; the page is then suspended
 */
export function followPage(handlers: LifecycleHandlers): () => void {
  let isRunning = false
  const end = new AbortController()
  const { signal } = end
  const run = () => {
    if (isRunning) return
    isRunning = true
    handlers.onRun()
  }
  const suspend = () => {
    if (!isRunning) return
    isRunning = false
    handlers.onSuspend()
  }
  const tick = () => {
    if (isRunning) handlers.onTick(!document.hidden)
  }
  const hurry = () => {
    if (isRunning && !document.hidden) handlers.onHurry()
  }
  document.addEventListener('freeze', suspend, { signal })
  document.addEventListener('resume', run, { signal })
  document.addEventListener('visibilitychange', hurry, { signal })
  window.addEventListener('pagehide', suspend, { signal })
  window.addEventListener('pageshow', run, { signal })
  window.addEventListener('online', hurry, { signal })
  const timer = setInterval(tick, TICK_MS)
  run()
  return () => {
    clearInterval(timer)
    end.abort()
    suspend()
  }
}
