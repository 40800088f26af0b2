import { VERIFICATION_POLICIES } from '#lib/packages/verify/verdict.ts'
import type { OptionTable } from './option.ts'

/** What counts as verified. */
export const VERIFICATION_OPTIONS = {
  verification: {
    type: 'string',
    value: 'POLICY',
    default: 'warn',
    choices: VERIFICATION_POLICIES,
    environment: 'PACKAGE_VERIFICATION',
    summary: 'What a wrong or missing checksum or signature means: nothing, a warning, or the end',
  },
  keyring: {
    type: 'string',
    value: 'FILE',
    multiple: true,
    completes: 'file',
    summary: 'Public keys whose signatures count, as gpg --export writes them ($PACKAGE_KEYRING_FILES)',
  },
} as const satisfies OptionTable
