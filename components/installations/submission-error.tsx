'use client'
import type { ReactNode } from 'react'
import { ProblemNotice } from '#components/shell/problem-notice.tsx'
import { ProblemError } from '#lib/browser/problem-error.ts'
import { refusedValues } from './refused-values.ts'

/** What the server said to a write. Values that the form shows are marked there; the rest is told here. */
export function SubmissionError({ error }: { error: Error | null }): ReactNode {
  if (error === null) return null
  const others = error instanceof ProblemError ? refusedValues(error.problem).others : []
  return (
    <div className="grid grid-cols-1 gap-2">
      <ProblemNotice error={error} />
      {others.length > 0 && (
        <ul className="list-disc pl-5 text-sm text-bad">
          {others.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
