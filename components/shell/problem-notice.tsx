'use client'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { ProblemError } from '#lib/browser/problem-error.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { problemText } from '#lib/i18n/problem-text.ts'

/** What went wrong, why, and what to do; with a button to try again. */
export function ProblemNotice({ error, onRetry }: { error: Error; onRetry?: () => void }): ReactNode {
  const messages = useMessages()
  const { problems, common } = messages
  const problem = error instanceof ProblemError ? error.problem : null
  const { title, lines, hint } = problem
    ? problemText(messages, problem)
    : { title: problems.network, lines: [], hint: problems.networkHint }
  return (
    <Notice
      tone="bad"
      role="alert"
      title={title}
      action={
        onRetry && (
          <Button size="sm" onClick={onRetry}>
            {common.retry}
          </Button>
        )
      }
    >
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {hint !== '' && <p className="text-muted">{hint}</p>}
      {problem && problem.requestId !== '' && (
        <p className="mt-1 font-mono text-xs text-muted">{common.requestId({ id: problem.requestId })}</p>
      )}
    </Notice>
  )
}
