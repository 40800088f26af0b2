'use client'
import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import type { PluginStatus } from '#lib/domain/plugin-status.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

const SETTLE_MS = 700
const MAX_SPOKEN = 3

interface Spoken {
  /** Tells rows apart. */
  key: string
  name: string
  status: PluginStatus
}

/** Says aloud which rows changed their status; a few at a time, once things have settled. */
export function StatusAnnouncer({ rows }: { rows: readonly Spoken[] }): ReactNode {
  const { common } = useMessages()
  const known = useRef(new Map<string, PluginStatus>())
  const changed = useRef(new Map<string, Spoken>())
  const [text, setText] = useState('')
  useEffect(() => {
    for (const row of rows) {
      const before = known.current.get(row.key)
      if (before !== undefined && before !== row.status) changed.current.set(row.key, row)
    }
    known.current = new Map(rows.map(({ key, status }) => [key, status]))
    if (changed.current.size === 0) return undefined
    const timer = setTimeout(() => {
      const spoken = [...changed.current.values()].slice(0, MAX_SPOKEN)
      changed.current.clear()
      setText(spoken.map(({ name, status }) => `${name}: ${common.status[status]}`).join('. '))
    }, SETTLE_MS)
    return () => {
      clearTimeout(timer)
    }
  }, [rows, common])
  return (
    <output aria-live="polite" className="sr-only">
      {text}
    </output>
  )
}
