'use client'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { Glyph } from './glyph.tsx'

interface DisclosureProps {
  summary: ReactNode
  open?: boolean
  /** Made when it is opened first. */
  children: () => ReactNode
}

/** A part that opens and closes; what is in it costs nothing before. */
export function Disclosure({ summary, open = false, children }: DisclosureProps): ReactNode {
  const [isOpen, setOpen] = useState(open)
  const [wasOpen, setWasOpen] = useState(open)
  return (
    <details
      open={isOpen}
      onToggle={(event) => {
        setOpen(event.currentTarget.open)
        if (event.currentTarget.open) setWasOpen(true)
      }}
    >
      <summary className="flex min-h-8 list-none items-center gap-1.5 rounded-sm text-sm font-medium">
        <Glyph
          name="chevronRight"
          className="size-4 shrink-0 text-muted transition-transform in-[details[open]>summary]:rotate-90"
        />
        {summary}
      </summary>
      {wasOpen && <div className="pt-2 pb-1 pl-5.5">{children()}</div>}
    </details>
  )
}
