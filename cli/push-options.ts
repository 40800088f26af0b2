import type { OptionTable } from './option.ts'
import { PLATFORM_OPTIONS } from './platform-options.ts'
import { TARGET_OPTIONS } from './target-options.ts'
import { VERIFICATION_OPTIONS } from './verification-options.ts'

/** All flags of `violet push`. */
export const PUSH_OPTIONS = {
  ...PLATFORM_OPTIONS,
  ...TARGET_OPTIONS,
  ...VERIFICATION_OPTIONS,
  'skip-crs': { type: 'boolean', summary: 'Push the artifacts only; make no objects on the platform' },
  'skip-push': {
    type: 'boolean',
    summary: 'Make the objects only; the artifacts are in the registry already',
  },
  replace: {
    type: 'boolean',
    summary: 'Replace a version that stands with other content, which is refused otherwise',
  },
  parallel: { type: 'string', value: 'N', default: '4', summary: 'Blobs that are sent at the same time' },
  clusters: {
    type: 'string',
    value: 'NAMES',
    summary: 'Ignored: plugins are published on the global cluster and installed where they are wanted',
  },
} as const satisfies OptionTable
