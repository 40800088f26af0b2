'use client'
import type { ReactNode } from 'react'
import { ErrorPage } from '#components/shell/error-page.tsx'

export default function ConsoleError(props: {
  error: Error & { digest?: string }
  reset: () => void
}): ReactNode {
  return <ErrorPage {...props} />
}
