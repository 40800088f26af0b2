'use client'
import type { ReactNode } from 'react'
import { ProgressBar } from '#components/ui/progress-bar.tsx'
import { formatBytes } from '#lib/i18n/format.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import type { UploadRow } from './upload-rows.ts'
import { secondsLeft } from './upload-rate.ts'

interface Told {
  done: number
  total: number
  /** What it is about, and how fast. */
  more: string[]
}

function useTold({ local, view, state, size }: UploadRow): Told | null {
  const { language, messages } = useI18n()
  const texts = messages.packages
  if (local !== null && ['sending', 'paused', 'broken'].includes(state)) {
    const { rate, sent } = local
    const left = state === 'sending' ? secondsLeft(rate, size) : null
    const speed = rate.bytesPerSecond === null || state !== 'sending' ? null : rate.bytesPerSecond
    return {
      // What was sent before a break may not have arrived.
      done: state === 'broken' ? (view?.received ?? sent) : sent,
      total: size,
      more: [
        ...(speed === null ? [] : [texts.speed({ speed: formatBytes(language, speed) })]),
        ...(left === null ? [] : [texts.secondsLeft({ seconds: left })]),
      ],
    }
  }
  const progress = view?.progress
  if (progress == null || !['reading', 'publishing'].includes(state)) return null
  const { artifact, doneBytes, totalBytes } = progress
  return { done: doneBytes, total: totalBytes, more: artifact === '' ? [] : [artifact] }
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
        label={texts.progress({ file: row.fileName })}
      />
      {told !== null && (
        <p className="tabular text-xs break-all text-muted">
          {[texts.sent({ sent: bytes(told.done), total: bytes(told.total) }), ...told.more].join(' · ')}
        </p>
      )}
    </div>
  )
}
