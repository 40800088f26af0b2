import type { MessageTree } from '../tree.ts'

/** Live resources in forms. */
export const picker = {
  title: 'Live resources',
} satisfies MessageTree
