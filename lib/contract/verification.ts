/** What checksum and signature beside a package say about it. */
export interface VerificationView {
  checksum: 'ok' | 'failed' | 'none'
  signature: 'ok' | 'failed' | 'unknown-key' | 'none'
  signer?: string
}

/** `off`: nobody looks. `warn`: it is said. `require`: only what a known key signed is taken. */
export type VerificationPolicy = 'off' | 'warn' | 'require'
