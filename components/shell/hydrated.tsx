'use client'
import { HydrationBoundary } from '@tanstack/react-query'
import type { DehydratedState } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { CatchUp } from './live-context.tsx'

interface HydratedProps {
  /** Answers that the server has prepared. */
  state: DehydratedState
  /** What they were made from. */
  cursor: string | null
  children: ReactNode
}

/** Gives its children the answers that the server has prepared, so that they render at once. */
export function Hydrated({ state, cursor, children }: HydratedProps): ReactNode {
  return (
    <HydrationBoundary state={state}>
      {children}
      <CatchUp cursor={cursor} />
    </HydrationBoundary>
  )
}
