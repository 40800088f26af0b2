import type { ReactNode } from 'react'

interface EmptyStateProps {
  icon?: ReactNode
  title: string
  text?: ReactNode
  /** The way out. */
  action?: ReactNode
}

/** Why there is nothing, and the way out. */
export function EmptyState({ icon, title, text, action }: EmptyStateProps): ReactNode {
  return (
    <div className="flex flex-col items-center gap-1.5 rounded-md border border-dashed bg-surface px-6 py-14 text-center">
      {icon !== undefined && (
        <div aria-hidden className="mb-1 text-faint [&_svg]:size-7">
          {icon}
        </div>
      )}
      <p className="font-medium">{title}</p>
      {text !== undefined && <p className="max-w-md text-sm text-muted">{text}</p>}
      {action !== undefined && <div className="mt-3">{action}</div>}
    </div>
  )
}
