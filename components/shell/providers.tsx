'use client'
import { QueryClientProvider } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { createLive } from '#lib/browser/live/start-live.ts'
import { makeQueryClient } from '#lib/browser/query-client.ts'
import { I18nProvider } from '#lib/i18n/i18n-context.tsx'
import type { Language } from '#lib/i18n/language.ts'
import { LiveContext } from './live-context.tsx'

interface ProvidersProps {
  language: Language
  /** What the first page was rendered from. */
  cursor: string | null
  children: ReactNode
}

/** Language, answers and live updates for everything below. */
export function Providers({ language, cursor, children }: ProvidersProps): ReactNode {
  const router = useRouter()
  const [{ queryClient, live }] = useState(() => {
    const queryClient = makeQueryClient()
    return { queryClient, live: createLive(queryClient, cursor) }
  })
  useEffect(() => live.start(), [live])
  const renderAgain = useCallback(() => {
    router.refresh()
  }, [router])
  return (
    <QueryClientProvider client={queryClient}>
      <LiveContext value={live.client}>
        {/* Titles are the server's: it renders them again in the new language. */}
        <I18nProvider initialLanguage={language} onChange={renderAgain}>
          {children}
        </I18nProvider>
      </LiveContext>
    </QueryClientProvider>
  )
}
