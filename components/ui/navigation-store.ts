let target: string | null = null
const listeners = new Set<() => void>()

function set(next: string | null): void {
  if (next === target) return
  target = next
  for (const listener of listeners) listener()
}

/** A page was asked for; the same address again asks for nothing. */
export function beginNavigation(href: string): void {
  if (href !== `${location.pathname}${location.search}`) set(href)
}

/** The page that was asked for is there, or another one. */
export function endNavigation(): void {
  set(null)
}

/** The address that is on its way; null when none is. */
export function pendingNavigation(): string | null {
  return target
}

/** Calls `listener` after every change. @returns how to stop that */
export function onNavigation(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
