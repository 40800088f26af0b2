import { clsx } from 'clsx'
import CircleAlert from 'lucide-react/icons/circle-alert'
import CircleCheck from 'lucide-react/icons/circle-check'
import Info from 'lucide-react/icons/info'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import type { ReactNode } from 'react'
import type { Tone } from './tone.ts'

const LOOK: Record<Tone, string> = {
  neutral: 'border-line bg-sunken [&>svg]:text-muted',
  accent: 'border-accent/25 bg-accent-soft/50 [&>svg]:text-accent',
  good: 'border-good/25 bg-good-soft/50 [&>svg]:text-good',
  bad: 'border-bad/30 bg-bad-soft/60 [&>svg]:text-bad',
  warn: 'border-warn/30 bg-warn-soft/60 [&>svg]:text-warn',
}

const ICONS = { neutral: Info, accent: Info, good: CircleCheck, bad: CircleAlert, warn: TriangleAlert }

interface NoticeProps {
  tone?: Tone
  title?: ReactNode
  children?: ReactNode
  /** A button or link at the end. */
  action?: ReactNode
  /** `alert` interrupts a screen reader: only for what just went wrong. */
  role?: 'alert' | 'status'
  className?: string
}

/** A message in the flow of the page. */
export function Notice({
  tone = 'neutral',
  title,
  children,
  action,
  role,
  className,
}: NoticeProps): ReactNode {
  const Icon = ICONS[tone]
  return (
    <div
      role={role}
      className={clsx(
        'flex items-start gap-2.5 rounded-md border px-3 py-2.5 text-sm',
        LOOK[tone],
        className,
      )}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1 break-words">
        {title !== undefined && <p className="font-medium">{title}</p>}
        {children}
      </div>
      {action}
    </div>
  )
}
