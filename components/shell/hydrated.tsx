'use client'
import { hashKey, HydrationBoundary } from '@tanstack/react-query'
import type { DehydratedState, QueryKey } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { CatchUp } from './live-context.tsx'

/** An answer that the server has prepared; only what the browser can't work out itself travels. */
export interface PreparedAnswer {
  queryKey: QueryKey
  data: unknown
  /** When it was made, milliseconds since 1970. */
  at: number
}

function stateOf(text: string): DehydratedState {
  const queries = (JSON.parse(text) as PreparedAnswer[]).map(({ queryKey, data, at }) => ({
    queryKey,
    queryHash: hashKey(queryKey),
    dehydratedAt: at,
    state: {
      data,
      dataUpdateCount: 1,
      dataUpdatedAt: at,
      error: null,
      errorUpdateCount: 0,
      errorUpdatedAt: 0,
      fetchFailureCount: 0,
      fetchFailureReason: null,
      fetchMeta: null,
      isInvalidated: false,
      status: 'success' as const,
      fetchStatus: 'idle' as const,
    },
  }))
  return { mutations: [], queries }
}

interface HydratedProps {
  /** JSON text of PreparedAnswer[]. */
  answers: string
  /** What they were made from. */
  cursor: string | null
  children: ReactNode
}

/** Gives its children the answers that the server has prepared, so that they render at once. */
export function Hydrated({ answers, cursor, children }: HydratedProps): ReactNode {
  const state = useMemo(() => stateOf(answers), [answers])
  return (
    <HydrationBoundary state={state}>
      {children}
      <CatchUp cursor={cursor} />
    </HydrationBoundary>
  )
}
