/** What checksum and signature beside a package say about it. */
export interface VerificationView {
  checksum: 'ok' | 'failed' | 'none'
  signature: 'ok' | 'failed' | 'unknown-key' | 'none'
  signer?: string
}
