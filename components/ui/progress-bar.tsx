import { clsx } from 'clsx'
import type { ReactNode } from 'react'

interface ProgressBarProps {
  /** 0 to `max`; null when nobody knows. */
  value: number | null
  max?: number
  label: string
  tone?: 'accent' | 'bad'
}

/** How far something is. */
export function ProgressBar({ value, max = 100, label, tone = 'accent' }: ProgressBarProps): ReactNode {
  return (
    <progress
      aria-label={label}
      max={Math.max(1, max)}
      value={value ?? undefined}
      className={clsx(
        'progress block h-1.5 w-full',
        tone === 'bad' ? 'text-bad' : 'text-accent-solid',
        value === null && 'animate-breathe',
      )}
    />
  )
}
