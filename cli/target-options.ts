import type { OptionTable } from './option.ts'
import { REGISTRY_OPTIONS } from './registry-options.ts'

/** Which registry artifacts go to, and how it is talked to. */
export const TARGET_OPTIONS = {
  'dest-repo': {
    type: 'string',
    value: 'HOST[:PORT][/PREFIX]',
    environment: 'VIOLET_DEST_REPO',
    summary:
      "The registry that artifacts are pushed to (default: the platform's own, where its ProductBase names one)",
  },
  ...REGISTRY_OPTIONS,
} as const satisfies OptionTable
