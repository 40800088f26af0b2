import type { MessageTree } from '../tree.ts'

/** The dialogs that install, upgrade, update and uninstall. */
export const installations = {} satisfies MessageTree
