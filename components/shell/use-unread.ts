import { notifyManager, useQueryClient } from '@tanstack/react-query'
import { useCallback, useSyncExternalStore } from 'react'

/**
 * When the oldest answer on the page was read that could not be read again, milliseconds since 1970; null while all of
 * them could.
 */
export function useUnread(): number | null {
  const cache = useQueryClient().getQueryCache()
  const subscribe = useCallback(
    (listener: () => void) => cache.subscribe(notifyManager.batchCalls(listener)),
    [cache],
  )
  const read = () => {
    let oldest: number | null = null
    for (const query of cache.getAll()) {
      const { status, data, dataUpdatedAt } = query.state
      if (status !== 'error' || data === undefined || !query.isActive()) continue
      oldest = Math.min(oldest ?? dataUpdatedAt, dataUpdatedAt)
    }
    return oldest
  }
  return useSyncExternalStore(subscribe, read, () => null)
}
