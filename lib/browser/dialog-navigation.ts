import { closeDialogHref, dialogHref } from './paths.ts'
import type { DialogAddress } from './paths.ts'

function here(): string {
  return `${location.pathname}${location.search}`
}

/** Opens a dialog over the page, as a step that Back undoes. Nothing is asked of the server. */
export function openDialog(to: DialogAddress): void {
  history.pushState(null, '', dialogHref(here(), to))
}

/** Closes the dialog; the rest of the address stays. */
export function closeDialog(): void {
  history.replaceState(null, '', closeDialogHref(here()))
}

let held: { href: string; onBack: () => void } | null = null

// A window's listeners are called in the order in which they came: this one comes with the page's first code, before
// the router's, and can keep a Back from it.
if (typeof window !== 'undefined')
  window.addEventListener('popstate', (event) => {
    if (held === null) return
    event.stopImmediatePropagation()
    history.pushState(null, '', held.href)
    held.onBack()
  })

/**
 * Keeps Back from closing the dialog of the present address.
 * @param onBack called in its place
 * @returns lets it be closed again
 */
export function holdDialog(onBack: () => void): () => void {
  held = { href: here(), onBack }
  return () => {
    held = null
  }
}
