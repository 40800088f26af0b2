'use client'
import Download from 'lucide-react/icons/download'
import Package from 'lucide-react/icons/package'
import PackageSearch from 'lucide-react/icons/package-search'
import type { ReactNode } from 'react'
import { Button, buttonClass } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Pagination } from '#components/ui/pagination.tsx'
import { SearchField } from '#components/ui/search-field.tsx'
import { Section } from '#components/ui/section.tsx'
import { Select } from '#components/ui/select.tsx'
import { ColumnHeader, Table, TableBody, TableHead } from '#components/ui/table.tsx'
import { API } from '#lib/browser/api-paths.ts'
import { PACKAGE_FILTERS } from '#lib/contract/package.ts'
import type { PackagePage } from '#lib/contract/package.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { PackageRow } from './package-row.tsx'
import { parsePackageList, writePackageList } from './package-list-state.ts'
import type { PackageListState } from './package-list-state.ts'

/** The list's state is the address; changing it asks the server nothing. */
function change(next: Partial<PackageListState>): void {
  const state = { ...parsePackageList(new URLSearchParams(location.search)), page: 1, ...next }
  const query = writePackageList(state)
  history.replaceState(null, '', query === '' ? location.pathname : `${location.pathname}?${query}`)
}

interface PackageListProps {
  list: PackagePage
  state: PackageListState
  /** Shown rows are being replaced by others. */
  isStale: boolean
}

/** Plugins with their packages, searched, filtered and paged by the address. */
export function PackageList({ list, state, isStale }: PackageListProps): ReactNode {
  const { packages: texts, plugins, common } = useMessages()
  const { items, page, pageSize, total, totalUnfiltered } = list
  if (totalUnfiltered === 0)
    return <EmptyState icon={<Package />} title={texts.emptyTitle} text={texts.emptyText} />
  return (
    <Section
      title={texts.uploaded}
      action={
        <a href={API.applications} download="apps.yaml" className={buttonClass('secondary', 'sm')}>
          <Download aria-hidden className="size-3.5" />
          {texts.exportApplications}
        </a>
      }
    >
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchField
          value={state.q}
          onChange={(q) => {
            change({ q })
          }}
          label={texts.search}
          placeholder={texts.searchPlaceholder}
          clearLabel={common.clear}
          className="w-72 max-w-full"
        />
        <Select
          value={state.show}
          onChange={(show) => {
            change({ show })
          }}
          options={PACKAGE_FILTERS.map((filter) => ({ value: filter, label: texts.filters[filter] }))}
          aria-label={texts.filter}
          className="w-40!"
        />
        <output className="ml-auto text-sm text-muted">
          {texts.counts({ shown: total, total: totalUnfiltered })}
        </output>
      </div>
      {total === 0 ? (
        <EmptyState
          icon={<PackageSearch />}
          title={texts.noMatchTitle}
          text={texts.noMatchText}
          action={
            <Button
              onClick={() => {
                change({ q: '', show: 'all' })
              }}
            >
              {texts.clearSearch}
            </Button>
          }
        />
      ) : (
        <Table
          caption={texts.caption}
          minWidth="sm:min-w-160"
          className="max-sm:table-fixed"
          isStale={isStale}
        >
          <TableHead className="max-sm:sr-only">
            <ColumnHeader>
              <span className="sr-only">{common.details}</span>
            </ColumnHeader>
            <ColumnHeader>{texts.columns.plugin}</ColumnHeader>
            <ColumnHeader>{texts.columns.versions}</ColumnHeader>
            <ColumnHeader>{texts.columns.installedOn}</ColumnHeader>
            <ColumnHeader>{texts.columns.uploaded}</ColumnHeader>
          </TableHead>
          <TableBody>
            {items.map((item) => (
              <PackageRow key={item.plugin} item={item} />
            ))}
          </TableBody>
        </Table>
      )}
      <div className="mt-3 flex justify-end">
        <Pagination
          page={page}
          pageCount={Math.max(1, Math.ceil(total / pageSize))}
          onPage={(next) => {
            change({ page: next })
          }}
          label={plugins.pagination.label}
          previousLabel={plugins.pagination.previous}
          nextLabel={plugins.pagination.next}
        />
      </div>
    </Section>
  )
}
