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
