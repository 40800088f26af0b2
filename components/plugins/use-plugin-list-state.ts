'use client'
import { useSearchParams } from 'next/navigation'
import { useCallback, useMemo } from 'react'
import { parsePluginList, writePluginList } from '#lib/browser/plugin-list-state.ts'
import type { PluginListState } from '#lib/browser/plugin-list-state.ts'

/** The list's state, which lives in the address, and how to change it. A change of rows goes back to page 1. */
export function usePluginListState(): [PluginListState, (change: Partial<PluginListState>) => void] {
  const parameters = useSearchParams()
  const state = useMemo(() => parsePluginList(parameters), [parameters])
  const change = useCallback((changes: Partial<PluginListState>) => {
    const rest = new URLSearchParams(location.search)
    const next = { ...parsePluginList(rest), page: 1, ...changes }
    const query = writePluginList(next, rest).toString()
    const href = query === '' ? location.pathname : `${location.pathname}?${query}`
    // Typing in the search makes no history; choosing does.
    if (Object.keys(changes).every((name) => name === 'q')) history.replaceState(null, '', href)
    else history.pushState(null, '', href)
  }, [])
  return [state, change]
}
