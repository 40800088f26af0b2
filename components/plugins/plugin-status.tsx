'use client'
import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { ProgressBar } from '#components/ui/progress-bar.tsx'
import { markClass } from '#components/ui/status-mark.tsx'
import type { PluginOnCluster } from '#lib/contract/installation.ts'
import type { PluginStatus } from '#lib/domain/plugin-status.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { reasonLines, reasonText } from '#lib/i18n/reason-text.ts'
import { SilentMark } from './silent-mark.tsx'
import { isGuess, lookOf } from './status-look.ts'

type Shown = Pick<
  PluginOnCluster,
  'cluster' | 'silent' | 'status' | 'phase' | 'reasons' | 'stage' | 'progress'
>

/** Statuses that raise the question why. */
const TOLD: ReadonlySet<PluginStatus> = new Set<PluginStatus>([
  'Failed',
  'Degraded',
  'Incompatible',
  'Unknown',
])

interface PluginStatusCellProps {
  on: Shown
  /** Says why below the word, in short, where no other column does. */
  withReason?: boolean
}

/** A plugin's status on a cluster: the word, why on hover and focus, and how far running work is. */
export function PluginStatusCell({ on, withReason = false }: PluginStatusCellProps): ReactNode {
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
  const [first] = reasons
  if (shape !== 'turning' && withReason && TOLD.has(status) && first !== undefined)
    return (
      <div className="max-w-56 leading-4 max-sm:max-w-36 [&_button]:min-h-0">
        {mark}
        <p data-cut className="truncate text-xs text-muted">
          {reasonText(messages, first)}
        </p>
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
