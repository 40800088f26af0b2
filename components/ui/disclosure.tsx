import ChevronRight from 'lucide-react/icons/chevron-right'
import type { ReactNode } from 'react'

interface DisclosureProps {
  summary: ReactNode
  open?: boolean
  children: ReactNode
}

/** A part that opens and closes; found by the browser's own search. */
export function Disclosure({ summary, open, children }: DisclosureProps): ReactNode {
  return (
    <details open={open} className="group">
      <summary className="flex min-h-8 list-none items-center gap-1.5 rounded-sm text-sm font-medium">
        <ChevronRight
          aria-hidden
          className="size-4 shrink-0 text-muted transition-transform group-open:rotate-90"
        />
        {summary}
      </summary>
      <div className="pt-2 pb-1 pl-5.5">{children}</div>
    </details>
  )
}
