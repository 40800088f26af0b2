import type { DialogAddress } from '#lib/browser/paths.ts'

/** What each of the dialogs gets. */
export interface DialogProps {
  address: DialogAddress
  onClose: () => void
}
