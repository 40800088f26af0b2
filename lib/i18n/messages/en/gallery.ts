import type { MessageTree } from '../tree.ts'

/** The gallery of form controls (development). */
export const gallery = {
  title: 'Form gallery',
} satisfies MessageTree
