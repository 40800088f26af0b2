import { clsx } from 'clsx'
import type { ReactNode } from 'react'

/** A grey bar in the size of what will stand there. */
export function Skeleton({ className }: { className?: string }): ReactNode {
  return (
    <span
      aria-hidden
      className={clsx('block animate-breathe rounded-sm bg-active', className ?? 'h-4 w-full')}
    />
  )
}

/** A table's frame of the final height, before its rows are there. */
export function TableSkeleton({ rows, label }: { rows: number; label: string }): ReactNode {
  return (
    <output aria-label={label} className="block rounded-md border bg-surface">
      <div className="h-9 border-b bg-sunken" />
      <div className="divide-y">
        {Array.from({ length: rows }, (_, index) => (
          <div key={index} className="flex h-12 items-center gap-4 px-4">
            <Skeleton className="size-7" />
            <Skeleton className="h-3.5 w-48 max-w-[35%]" />
            <Skeleton className="ml-auto h-3.5 w-24" />
            <Skeleton className="h-3.5 w-32 max-sm:hidden" />
          </div>
        ))}
      </div>
    </output>
  )
}
