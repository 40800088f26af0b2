import type { ReactNode } from 'react'

/** Terms and what they are, in as many columns as fit. */
export function DefinitionList({ children }: { children: ReactNode }): ReactNode {
  return (
    <dl className="grid grid-cols-[repeat(auto-fill,minmax(min(14rem,100%),1fr))] gap-x-6 gap-y-3">
      {children}
    </dl>
  )
}

/** One term; what is empty is shown as a dash. */
export function Definition({ term, children }: { term: ReactNode; children: ReactNode }): ReactNode {
  const isEmpty = children === null || children === undefined || children === '' || children === false
  return (
    <div className="min-w-0">
      <dt className="text-xs text-muted">{term}</dt>
      <dd className="mt-0.5 text-sm break-words">{isEmpty ? '–' : children}</dd>
    </div>
  )
}
