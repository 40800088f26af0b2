import Check from 'lucide-react/icons/check'
import type { ReactNode } from 'react'

/** An entry of a drop-down's list. */
export const OPTION =
  'flex min-h-8 cursor-default items-start gap-2 rounded-sm px-2 py-1.5 text-sm outline-none select-none data-disabled:text-faint data-highlighted:bg-hover'

/** The room of the tick; the tick of the library's indicator goes inside. */
export const OPTION_TICK = 'inline-flex h-5 w-4 shrink-0 items-center text-accent'

export const OPTION_LABEL = 'block break-words'

/** The tick of what is chosen. */
export function OptionTick(): ReactNode {
  return <Check className="size-4" />
}

/** An option's second line; nothing where there is nothing to say. */
export function OptionHint({ hint }: { hint: ReactNode }): ReactNode {
  if (hint === undefined || hint === null || hint === '') return null
  return <span className="block text-xs break-words text-muted">{hint}</span>
}
