import { clsx } from 'clsx'
import type { ComponentProps, ReactNode } from 'react'
import { Glyph } from './glyph.tsx'
import { ScrollRegion } from './scroll-region.tsx'

interface TableProps extends ComponentProps<'table'> {
  /** Says what the table shows, for screen readers. */
  caption: string
  /** Below this width (Tailwind class) the table scrolls sideways within its frame. */
  minWidth?: string
  /** Shown rows are being replaced by others. */
  isStale?: boolean
}

/** A table in a hairline frame that scrolls sideways by itself, never the page. */
export function Table(props: TableProps): ReactNode {
  const { caption, minWidth = 'min-w-160', isStale = false, className, children, ...rest } = props
  return (
    <ScrollRegion aria-label={caption} className="relative overflow-x-auto rounded-md border bg-surface">
      <table
        {...rest}
        className={clsx(
          'w-full border-collapse text-sm transition-opacity',
          minWidth,
          isStale && 'opacity-60',
          className,
        )}
      >
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </ScrollRegion>
  )
}

/** The head's row. */
export function TableHead({ children, className }: { children: ReactNode; className?: string }): ReactNode {
  return (
    <thead className="border-b bg-sunken text-xs text-muted">
      <tr className={className}>{children}</tr>
    </thead>
  )
}

/** Rows with hairlines between them. */
export function TableBody({ children, ...rest }: ComponentProps<'tbody'>): ReactNode {
  return (
    <tbody {...rest} className="divide-y">
      {children}
    </tbody>
  )
}

/** A row, 48 px high at least. */
export function Row({ className, ...rest }: ComponentProps<'tr'>): ReactNode {
  return <tr {...rest} className={clsx('row', className)} />
}

/** A cell. */
export function Cell({ className, ...rest }: ComponentProps<'td'>): ReactNode {
  return <td {...rest} className={clsx('cell', className)} />
}

/** The cell that names its row. */
export function RowHeader({ className, ...rest }: ComponentProps<'th'>): ReactNode {
  return <th scope="row" {...rest} className={clsx('cell text-left font-normal', className)} />
}

/** A column's head. */
export function ColumnHeader({ className, ...rest }: ComponentProps<'th'>): ReactNode {
  return (
    <th
      scope="col"
      {...rest}
      className={clsx('cell h-9 text-left font-medium whitespace-nowrap', className)}
    />
  )
}

interface SortHeaderProps extends ComponentProps<'th'> {
  /** How the table is sorted by this column now. */
  direction: 'ascending' | 'descending' | null
  onSort: () => void
}

/** A column's head that sorts. */
export function SortHeader({ direction, onSort, children, ...rest }: SortHeaderProps): ReactNode {
  return (
    <ColumnHeader {...rest} aria-sort={direction ?? 'none'}>
      <button
        type="button"
        onClick={onSort}
        className={clsx(
          '-mx-1.5 inline-flex h-7 items-center gap-1 rounded-sm px-1.5 hover:bg-active hover:text-ink',
          direction !== null && 'text-ink',
        )}
      >
        {children}
        <Glyph
          name={direction === null ? 'sort' : 'arrowUp'}
          className={clsx(
            'size-3',
            direction === null && 'opacity-50',
            direction === 'descending' && 'rotate-180',
          )}
        />
      </button>
    </ColumnHeader>
  )
}
