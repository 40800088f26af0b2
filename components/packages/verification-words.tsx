'use client'
import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import type { VerificationView } from '#lib/contract/verification.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

/** What checksum and signature said; nothing when there were none. */
export function VerificationWords({ verification }: { verification: VerificationView | null }): ReactNode {
  const { packages: texts } = useMessages()
  if (verification === null) return null
  const { checksum, signature, signer } = verification
  const { verificationWords: words } = texts
  const lines = [
    ...(checksum === 'none' ? [] : [words.checksum[checksum]]),
    ...(signature === 'none' ? [] : [words.signature[signature]]),
    ...(signer === undefined ? [] : [texts.signer({ signer })]),
  ]
  if (lines.length === 0) return null
  const isBad = checksum === 'failed' || signature === 'failed'
  return (
    <span className={clsx('block text-xs break-words', isBad ? 'text-bad' : 'text-muted')}>
      {lines.join(', ')}
    </span>
  )
}
