import type { LiveEvent } from '#lib/contract/live.ts'

type Listener = (event: LiveEvent) => void

const listeners = new Set<Listener>()

/** Hears every live event of this browser's stream, uploads among them. @returns how to stop that */
export function onLiveEvent(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Passes an event on to whoever listens in this tab. */
export function emitLiveEvent(event: LiveEvent): void {
  for (const listener of listeners) listener(event)
}
