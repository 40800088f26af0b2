import { clsx } from 'clsx'
import type { ComponentProps, ReactNode } from 'react'
import { TONE_SOFT } from './tone.ts'
import type { Tone } from './tone.ts'

interface BadgeProps extends ComponentProps<'span'> {
  tone?: Tone
  icon?: ReactNode
}

/** A word on a soft ground: a property, not a state. */
export function Badge({ tone = 'neutral', icon, className, children, ...rest }: BadgeProps): ReactNode {
  return (
    <span
      {...rest}
      className={clsx(
        'inline-flex h-5 max-w-full items-center gap-1 rounded-sm px-1.5 text-xs font-medium whitespace-nowrap [&_svg]:size-3',
        TONE_SOFT[tone],
        className,
      )}
    >
      {icon}
      <span data-cut className="truncate">
        {children}
      </span>
    </span>
  )
}
