'use client'
import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import type { VerificationView } from '#lib/contract/verification.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

const TEXT = { bad: 'text-bad', unknown: 'text-warn', none: 'text-muted', good: 'text-muted' } as const

/** How far a package is what it says: `bad` when anything speaks against it. */
export function trustOf({ checksum, signature }: VerificationView): keyof typeof TEXT {
  if (checksum === 'failed' || signature === 'failed') return 'bad'
  if (signature === 'unknown-key') return 'unknown'
  return checksum === 'ok' || signature === 'ok' ? 'good' : 'none'
}

/** Whether something speaks against a package, or nobody known has signed what is signed. */
export function isDoubtful(verification: VerificationView | null): boolean {
  return verification !== null && ['bad', 'unknown'].includes(trustOf(verification))
}

/** What checksum and signature said, a line each; nothing when there were none. */
export function VerificationWords({ verification }: { verification: VerificationView | null }): ReactNode {
  const { packages: texts } = useMessages()
  if (verification === null) return null
  const { checksum, signature, signer } = verification
  const { verificationWords: words } = texts
  const said = words.signature[signature]
  return (
    <>
      {checksum !== 'none' && (
        <span className={clsx('block text-xs', TEXT[trustOf({ checksum, signature: 'none' })])}>
          {words.checksum[checksum]}
        </span>
      )}
      {signature !== 'none' && (
        <span className={clsx('block text-xs wrap-anywhere', TEXT[trustOf({ checksum: 'none', signature })])}>
          {signer === undefined ? said : texts.signatureBy({ said, signer })}
        </span>
      )}
    </>
  )
}
