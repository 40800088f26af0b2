'use client'
import { createContext, use, useEffect, useSyncExternalStore } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { isAhead } from '#lib/browser/live/cursor.ts'
import type { LiveClient, LiveState } from '#lib/browser/live/live-client.ts'

export const LiveContext = createContext<LiveClient | null>(null)

function useLiveClient(): LiveClient {
  const client = use(LiveContext)
  if (!client) throw new Error('live state needs Providers around it')
  return client
}

/** How the tab stands to the console's stream, kept current. */
export function useLiveState(): LiveState {
  const client = useLiveClient()
  const read = () => client.state
  return useSyncExternalStore(client.subscribe, read, read)
}

/**
 * Beside content that the server rendered at `cursor`: reads it again when this tab had heard of later changes
 * by the time it came in.
 */
export function CatchUp({ cursor }: { cursor: string | null }): ReactNode {
  const client = useLiveClient()
  const queryClient = useQueryClient()
  useEffect(() => {
    if (isAhead(client.state.cursor, cursor)) void queryClient.invalidateQueries()
  }, [client, queryClient, cursor])
  return null
}
