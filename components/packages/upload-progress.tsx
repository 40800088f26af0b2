'use client'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ProgressBar } from '#components/ui/progress-bar.tsx'
import { formatBytes } from '#lib/i18n/format.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import type { UploadRow } from './upload-rows.ts'
import { paceQuery } from './upload-pace.ts'
import { secondsLeft } from './upload-rate.ts'
import type { UploadRate } from './upload-rate.ts'

interface Told {
  done: number
  total: number
  /** What it is about, and how fast. */
  more: string[]
}

function useTold({ local, view, state, size }: UploadRow): Told | null {
  const { language, messages } = useI18n()
  const texts = messages.packages
  const progress = state === 'reading' || state === 'publishing' ? (view?.progress ?? null) : null
  const { data: toldRate = null } = useQuery(paceQuery(view?.id ?? ''))
  const paceOf = (rate: UploadRate, total: number) => {
    const left = secondsLeft(rate, total)
    return [
      ...(rate.bytesPerSecond === null
        ? []
        : [texts.speed({ speed: formatBytes(language, rate.bytesPerSecond) })]),
      ...(left === null ? [] : [texts.secondsLeft({ seconds: left })]),
    ]
  }
  if (local !== null && ['sending', 'paused', 'broken'].includes(state)) {
    const { rate, sent } = local
    // What was sent before a break may not have arrived.
    const done = state === 'broken' ? (view?.received ?? sent) : sent
    return { done, total: size, more: state === 'sending' ? paceOf(rate, size) : [] }
  }
  if (progress === null) return null
  const { artifact, doneBytes: done, totalBytes: total } = progress
  const waits = view?.steps.some(({ verdict }) => verdict?.code === 'push-waits') ?? false
  const pace = toldRate === null || waits || done >= total ? [] : paceOf(toldRate, total)
  return { done, total, more: [...pace, ...(artifact === '' ? [] : [artifact])] }
}

/** How far an upload is: bytes, speed, time left. */
export function UploadProgress({ row }: { row: UploadRow }): ReactNode {
  const { language, messages } = useI18n()
  const texts = messages.packages
  const told = useTold(row)
  const isBusy = ['sending', 'reading', 'publishing'].includes(row.state)
  if (told === null && !isBusy) return null
  const bytes = (count: number) => formatBytes(language, count)
  return (
    <div className="grid gap-1">
      <ProgressBar
        value={told?.done ?? null}
        max={told?.total ?? 1}
        label={texts.progress[row.state === 'publishing' ? 'publishing' : 'upload']({ file: row.fileName })}
      />
      {told !== null && (
        <p className="tabular text-xs break-all text-muted">
          {[texts.sent({ sent: bytes(told.done), total: bytes(told.total) }), ...told.more].join(' · ')}
        </p>
      )}
    </div>
  )
}
