import { clsx } from 'clsx'
import ChevronLeft from 'lucide-react/icons/chevron-left'
import ChevronRight from 'lucide-react/icons/chevron-right'
import type { ReactNode } from 'react'
import { IconButton } from './icon-button.tsx'
import { pageNumbers } from './page-numbers.ts'

interface PaginationProps {
  /** From 1. */
  page: number
  pageCount: number
  onPage: (page: number) => void
  label: string
  previousLabel: string
  nextLabel: string
}

/** Pages of a list; nothing when one page holds all. */
export function Pagination(props: PaginationProps): ReactNode {
  const { page, pageCount, onPage, label, previousLabel, nextLabel } = props
  if (pageCount <= 1) return null
  return (
    <nav aria-label={label} className="flex items-center gap-1">
      <IconButton
        size="sm"
        label={previousLabel}
        icon={<ChevronLeft />}
        disabled={page <= 1}
        onClick={() => {
          onPage(page - 1)
        }}
      />
      {pageNumbers(page, pageCount).map((number, index) =>
        number === null ? (
          <span key={`gap ${index}`} aria-hidden className="px-1 text-muted">
            …
          </span>
        ) : (
          <button
            key={number}
            type="button"
            aria-current={number === page ? 'page' : undefined}
            onClick={() => {
              onPage(number)
            }}
            className={clsx(
              'tabular h-7 min-w-7 rounded-md px-1.5 text-sm',
              number === page ? 'bg-accent-soft font-medium text-accent' : 'text-muted hover:bg-hover',
            )}
          >
            {number}
          </button>
        ),
      )}
      <IconButton
        size="sm"
        label={nextLabel}
        icon={<ChevronRight />}
        disabled={page >= pageCount}
        onClick={() => {
          onPage(page + 1)
        }}
      />
    </nav>
  )
}
