import { clsx } from 'clsx'
import type { ComponentProps, ReactNode } from 'react'

/** A label, a key or a value in mono, bounded by a hairline. */
export function Chip({ className, ...rest }: ComponentProps<'span'>): ReactNode {
  return (
    <span
      {...rest}
      className={clsx(
        'inline-block max-w-full truncate rounded-sm border bg-sunken px-1.5 font-mono text-xs leading-5 text-muted',
        className,
      )}
    />
  )
}
