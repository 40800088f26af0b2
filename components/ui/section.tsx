import type { ReactNode } from 'react'

interface SectionProps {
  title: ReactNode
  /** Address within the page. */
  id?: string
  intro?: ReactNode
  action?: ReactNode
  children: ReactNode
}

/** A part of a page under its own heading. */
export function Section({ title, id, intro, action, children }: SectionProps): ReactNode {
  return (
    <section id={id} className="scroll-mt-16">
      <div className="mb-2 flex flex-wrap items-end justify-between gap-2">
        <div>
          <h2 className="text-lg font-semibold">{title}</h2>
          {intro !== undefined && <p className="text-sm text-muted">{intro}</p>}
        </div>
        {action}
      </div>
      {children}
    </section>
  )
}

/** A surface with a hairline. */
export function Panel({ children, className }: { children: ReactNode; className?: string }): ReactNode {
  return <div className={`rounded-md border bg-surface p-4 ${className ?? ''}`}>{children}</div>
}
