'use client'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { Pagination } from '#components/ui/pagination.tsx'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

const PER_PAGE = 50

interface PagedProps<T> {
  items: readonly T[]
  children: (shown: readonly T[]) => ReactNode
}

/** A long list, fifty at a time. */
export function Paged<T>({ items, children }: PagedProps<T>): ReactNode {
  const { pagination } = useMessages().plugins
  const [wanted, setWanted] = useState(1)
  const pageCount = Math.max(1, Math.ceil(items.length / PER_PAGE))
  const page = Math.min(wanted, pageCount)
  return (
    <>
      {children(items.slice((page - 1) * PER_PAGE, page * PER_PAGE))}
      {pageCount > 1 && (
        <div className="mt-3 flex justify-end">
          <Pagination
            page={page}
            pageCount={pageCount}
            label={pagination.label}
            previousLabel={pagination.previous}
            nextLabel={pagination.next}
            onPage={setWanted}
          />
        </div>
      )}
    </>
  )
}
