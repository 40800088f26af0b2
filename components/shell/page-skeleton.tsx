'use client'
import type { ReactNode } from 'react'
import { Skeleton, TableSkeleton } from '#components/ui/skeleton.tsx'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

/** The shape of a page with a table, while it is on its way. */
export function PageSkeleton({ rows }: { rows: number }): ReactNode {
  const { common } = useMessages()
  return (
    <>
      <Skeleton className="mb-2.5 h-3.5 w-56" />
      <Skeleton className="mb-5 h-6 w-44" />
      <div className="mb-3 flex gap-2">
        <Skeleton className="h-8 w-40 rounded-md" />
        <Skeleton className="h-8 w-64 rounded-md" />
      </div>
      <TableSkeleton rows={rows} label={common.loading} />
    </>
  )
}
