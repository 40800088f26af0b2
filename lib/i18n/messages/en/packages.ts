import type { MessageTree } from '../tree.ts'

/** The Upload Packages page. */
export const packages = {} satisfies MessageTree
