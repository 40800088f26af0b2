import type { Tone } from './tone.ts'

export interface Toast {
  id: number
  tone: Tone
  title: string
  text?: string
  link?: { href: string; label: string }
}

let toasts: readonly Toast[] = []
let nextId = 1
const listeners = new Set<() => void>()

function set(next: readonly Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}

/** Shows a short message at the edge of the page until it is read or dismissed. */
export function showToast(toast: Omit<Toast, 'id'>): void {
  set([...toasts.slice(-3), { ...toast, id: nextId++ }])
}

/** Takes a message away. */
export function dismissToast(id: number): void {
  set(toasts.filter((toast) => toast.id !== id))
}

/** The messages shown now; the same array until something changes. */
export function currentToasts(): readonly Toast[] {
  return toasts
}

/** Calls `listener` after every change. @returns how to stop that */
export function onToasts(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
