import { clsx } from 'clsx'
import type { ReactNode } from 'react'

/** A turning ring; decoration only, say in words what is under way. */
export function Spinner({ className }: { className?: string }): ReactNode {
  return (
    <span
      aria-hidden
      className={clsx(
        'inline-block size-3.5 shrink-0 animate-turn rounded-full border-2 border-current/30 border-t-current',
        className,
      )}
    />
  )
}
