import type { MessageTree } from '../tree.ts'

/** The dynamic form. */
export const form = {} satisfies MessageTree
