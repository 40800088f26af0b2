'use client'
import { useQuery } from '@tanstack/react-query'
import ServerOff from 'lucide-react/icons/server-off'
import { useSearchParams } from 'next/navigation'
import type { ReactNode } from 'react'
import { PageHeader } from '#components/shell/page-header.tsx'
import { ProblemNotice } from '#components/shell/problem-notice.tsx'
import { SourceNotice } from '#components/shell/source-notice.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Pagination } from '#components/ui/pagination.tsx'
import { SearchField } from '#components/ui/search-field.tsx'
import { TableSkeleton } from '#components/ui/skeleton.tsx'
import { clustersQuery } from '#lib/browser/queries/clusters.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { CLUSTERS_PER_PAGE, clustersFor, parseClusterList, writeClusterList } from './cluster-list-state.ts'
import type { ClusterListState } from './cluster-list-state.ts'
import { ClusterTable } from './cluster-table.tsx'

function change(changes: Partial<ClusterListState>): void {
  const rest = new URLSearchParams(location.search)
  const query = writeClusterList({ ...parseClusterList(rest), page: 1, ...changes }, rest).toString()
  history.replaceState(null, '', query === '' ? location.pathname : `${location.pathname}?${query}`)
}

/** The Clusters page. */
export function ClusterListPage(): ReactNode {
  const { clusters, common, plugins, shell } = useMessages()
  const state = parseClusterList(useSearchParams())
  const { data, error, refetch } = useQuery(clustersQuery)
  const found = data ? clustersFor(data.items, state) : []
  const first = (state.page - 1) * CLUSTERS_PER_PAGE
  const rows = found.slice(first, first + CLUSTERS_PER_PAGE)
  return (
    <>
      <PageHeader crumbs={[{ label: shell.clusters }, { label: clusters.title }]} title={clusters.title} />
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchField
          className="w-64 max-sm:w-full"
          value={state.q}
          label={clusters.searchLabel}
          placeholder={clusters.searchPlaceholder}
          clearLabel={common.clear}
          onChange={(q) => {
            change({ q })
          }}
        />
        <output className="tabular ml-auto text-sm text-muted">
          {data && clusters.counts({ shown: found.length, total: data.items.length })}
        </output>
      </div>
      {error && (
        <div className="mb-3">
          <ProblemNotice error={error} onRetry={() => void refetch()} />
        </div>
      )}
      {data && <SourceNotice subject="clusters" behind={data.behind} />}
      {!data && !error && <TableSkeleton rows={4} label={common.loading} />}
      {rows.length > 0 && (
        <ClusterTable
          rows={rows}
          sort={state.sort}
          onSort={(sort) => {
            change({ sort })
          }}
        />
      )}
      {data && rows.length === 0 && (
        <EmptyState
          icon={<ServerOff />}
          title={data.items.length === 0 ? clusters.emptyTitle : clusters.filteredTitle}
          text={data.items.length === 0 ? clusters.emptyText : clusters.filteredText}
        />
      )}
      <div className="mt-3 flex justify-end">
        <Pagination
          page={state.page}
          pageCount={Math.ceil(found.length / CLUSTERS_PER_PAGE)}
          label={plugins.pagination.label}
          previousLabel={plugins.pagination.previous}
          nextLabel={plugins.pagination.next}
          onPage={(page) => {
            change({ page })
          }}
        />
      </div>
    </>
  )
}
