'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import PackageSearch from 'lucide-react/icons/package-search'
import Puzzle from 'lucide-react/icons/puzzle'
import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { PageHeader } from '#components/shell/page-header.tsx'
import { ProblemNotice } from '#components/shell/problem-notice.tsx'
import { SourceNotice } from '#components/shell/source-notice.tsx'
import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { TableSkeleton } from '#components/ui/skeleton.tsx'
import { PATHS } from '#lib/browser/paths.ts'
import { pluginQueryOf } from '#lib/browser/plugin-list-state.ts'
import { pluginsQuery } from '#lib/browser/queries/plugins.ts'
import { pick } from '#lib/domain/local-text.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import { PluginPager } from './plugin-pager.tsx'
import { PluginTable } from './plugin-table.tsx'
import { PluginToolbar } from './plugin-toolbar.tsx'
import { StatusAnnouncer } from './status-announcer.tsx'
import { usePluginListState } from './use-plugin-list-state.ts'

/** The Cluster Plugins page: all plugins and how they stand on the picked cluster. */
export function PluginList(): ReactNode {
  const { messages, language } = useI18n()
  const { plugins, shell } = messages
  const [state, change] = usePluginListState()
  const query = useQuery({ ...pluginsQuery(pluginQueryOf(state)), placeholderData: keepPreviousData })
  const page = query.data
  // Nothing there, and nothing that could be read, are not the same.
  const isRead = page?.behind.every(({ state }) => state === 'stale') === true
  const spoken = useMemo(
    () =>
      (page?.items ?? []).flatMap(({ name, displayName, onCluster }) =>
        onCluster
          ? [
              {
                key: `${name} ${onCluster.cluster}`,
                name: pick(displayName, language) || name,
                status: onCluster.status,
              },
            ]
          : [],
      ),
    [page, language],
  )
  return (
    <>
      <PageHeader crumbs={[{ label: shell.marketplace }, { label: plugins.title }]} title={plugins.title} />
      <PluginToolbar state={state} change={change} page={page} />
      {query.error && (
        <div className="mb-3">
          <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {page && <SourceNotice subject="plugins" behind={page.behind} />}
      {!page && !query.error && <TableSkeleton rows={10} label={messages.common.loading} />}
      {page && page.items.length > 0 && (
        <PluginTable rows={page.items} state={state} change={change} isStale={query.isPlaceholderData} />
      )}
      {page && page.totalUnfiltered === 0 && isRead && (
        <EmptyState
          icon={<Puzzle />}
          title={plugins.empty.title}
          text={plugins.empty.text}
          action={
            <ButtonLink variant="primary" href={PATHS.uploadPackages}>
              {plugins.empty.action}
            </ButtonLink>
          }
        />
      )}
      {page && page.totalUnfiltered > 0 && page.items.length === 0 && (
        <EmptyState
          icon={<PackageSearch />}
          title={plugins.empty.filteredTitle}
          text={plugins.empty.filteredText}
          action={
            <Button
              onClick={() => {
                change({ q: '', status: [], lifecycle: [] })
              }}
            >
              {plugins.clearFilters}
            </Button>
          }
        />
      )}
      {page && <PluginPager page={page} change={change} />}
      <StatusAnnouncer rows={spoken} />
    </>
  )
}
