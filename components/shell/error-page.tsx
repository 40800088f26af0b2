'use client'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

interface ErrorPageProps {
  error: Error & { digest?: string }
  reset: () => void
}

/** In place of a page whose rendering failed; the frame stays. */
export function ErrorPage({ error, reset }: ErrorPageProps): ReactNode {
  const { shell, common } = useMessages()
  return (
    <>
      <h1 className="mb-3 text-xl font-semibold">{shell.errors.title}</h1>
      <Notice tone="bad" role="alert" action={<Button onClick={reset}>{common.retry}</Button>}>
        <p>{shell.errors.text}</p>
        {error.digest !== undefined && (
          <p className="font-mono text-xs text-muted">{shell.errors.digest({ digest: error.digest })}</p>
        )}
      </Notice>
    </>
  )
}
