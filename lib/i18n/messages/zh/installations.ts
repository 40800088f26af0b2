import type { installations as english } from '../en/installations.ts'

/** The dialogs that install, upgrade, update and uninstall. */
export const installations: typeof english = {}
