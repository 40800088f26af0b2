'use client'
import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { ProgressBar } from '#components/ui/progress-bar.tsx'
import { markClass } from '#components/ui/status-mark.tsx'
import type { PluginOnCluster } from '#lib/contract/installation.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { reasonLines } from '#lib/i18n/reason-text.ts'
import { SilentMark } from './silent-mark.tsx'
import { isGuess, lookOf } from './status-look.ts'

type Shown = Pick<
  PluginOnCluster,
  'cluster' | 'silent' | 'status' | 'phase' | 'reasons' | 'stage' | 'progress'
>

/** A plugin's status on a cluster: the word, why on hover and focus, and how far running work is. */
export function PluginStatusCell({ on }: { on: Shown }): ReactNode {
  const messages = useMessages()
  const { common } = messages
  const { status, phase, reasons, stage, progress } = on
  const { tone, shape } = lookOf(on)
  const word = common.status[isGuess(on) ? 'Unknown' : status]
  const mark = (
    <button
      type="button"
      data-tip={reasons.length > 0 ? reasonLines(messages, reasons) : common.statusMeaning[status]}
      className={clsx('tip-btn', markClass(tone, shape))}
    >
      {status === 'Unknown' && phase !== '' ? `${word}: ${phase}` : word}
    </button>
  )
  if (on.silent !== undefined && !isGuess(on))
    return (
      <div className="leading-4 max-sm:max-w-36 [&_button]:min-h-0">
        <div className="mb-0.5">{mark}</div>
        <SilentMark on={on} />
      </div>
    )
  if (shape !== 'turning') return mark
  return (
    <div className="max-w-56">
      <div className="flex items-center gap-3">
        {mark}
        {progress !== null && (
          <div className="w-16">
            <ProgressBar value={progress.done} max={progress.total} label={common.progress(progress)} />
          </div>
        )}
      </div>
      {stage !== '' && (
        <p className="truncate text-xs leading-4 text-muted" data-tip={stage}>
          {stage}
        </p>
      )}
    </div>
  )
}
