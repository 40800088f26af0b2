import { useSyncExternalStore } from 'react'

const TICK_MS = 30_000

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, TICK_MS)
  return () => {
    clearInterval(timer)
  }
}

/** Coarse, so that renders within a tick agree. */
function now(): number {
  return Math.floor(Date.now() / TICK_MS) * TICK_MS
}

/** The time, milliseconds since 1970, half a minute exact; renders again when it passes. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, now, now)
}

const nothing = () => () => {}

/** False while the server's markup is being taken over, true after: for what only the browser knows. */
export function useIsHydrated(): boolean {
  return useSyncExternalStore(
    nothing,
    () => true,
    () => false,
  )
}
