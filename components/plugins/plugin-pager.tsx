'use client'
import type { ReactNode } from 'react'
import { Pagination } from '#components/ui/pagination.tsx'
import { PAGE_SIZES } from '#lib/browser/plugin-list-state.ts'
import type { PluginListState } from '#lib/browser/plugin-list-state.ts'
import type { PluginPage } from '#lib/contract/plugin.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

interface PluginPagerProps {
  page: PluginPage
  change: (changes: Partial<PluginListState>) => void
}

/** Which rows these are, the other pages, and how many rows a page has. Nothing while one small page holds all. */
export function PluginPager({ page, change }: PluginPagerProps): ReactNode {
  const { plugins } = useMessages()
  const texts = plugins.pagination
  const { total, pageSize } = page
  if (total <= PAGE_SIZES[0]) return null
  const from = (page.page - 1) * pageSize + 1
  return (
    <div className="mt-3 flex flex-wrap items-center justify-between gap-2 text-sm text-muted">
      <div className="flex items-center gap-3">
        <span className="tabular">
          {texts.range({ from, to: Math.min(total, from + pageSize - 1), total })}
        </span>
        <label className="flex items-center gap-1.5">
          <span>{texts.pageSize}</span>
          <select
            value={pageSize}
            className="h-7 rounded-md border border-control/60 bg-surface px-1.5 text-ink"
            onChange={(event) => {
              change({ pageSize: Number(event.target.value) })
            }}
          >
            {PAGE_SIZES.map((size) => (
              <option key={size}>{size}</option>
            ))}
          </select>
        </label>
      </div>
      <Pagination
        page={page.page}
        pageCount={Math.ceil(total / pageSize)}
        label={texts.label}
        previousLabel={texts.previous}
        nextLabel={texts.next}
        onPage={(next) => {
          change({ page: next })
        }}
      />
    </div>
  )
}
