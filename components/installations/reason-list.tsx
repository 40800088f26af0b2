'use client'
import type { ReactNode } from 'react'
import type { Reason } from '#lib/domain/reason.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { reasonText } from '#lib/i18n/reason-text.ts'

/** Reasons as sentences, a line each. */
export function ReasonList({ reasons }: { reasons: readonly Reason[] }): ReactNode {
  const messages = useMessages()
  const lines = [...new Set(reasons.map((reason) => reasonText(messages, reason)))]
  if (lines.length === 1) return <p>{lines[0]}</p>
  return (
    <ul className="list-disc pl-4">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
