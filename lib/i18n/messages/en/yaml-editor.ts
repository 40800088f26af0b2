import type { MessageTree } from '../tree.ts'

/** The YAML side of a form. */
export const yamlEditor = {
  title: 'YAML',
} satisfies MessageTree
