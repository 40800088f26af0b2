import type { MessageTree } from '../tree.ts'

/** What an upgrade does to the parameters. */
export const upgrade = {
  title: 'Parameters',
} satisfies MessageTree
