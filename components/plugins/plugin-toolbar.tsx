'use client'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { SearchField } from '#components/ui/search-field.tsx'
import { isFiltered, STATUS_FILTERS } from '#lib/browser/plugin-list-state.ts'
import type { PluginListState } from '#lib/browser/plugin-list-state.ts'
import type { PluginPage } from '#lib/contract/plugin.ts'
import { LIFECYCLES } from '#lib/domain/lifecycle.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { ClusterPicker } from './cluster-picker.tsx'
import { FilterMenu } from './filter-menu.tsx'

interface PluginToolbarProps {
  state: PluginListState
  change: (changes: Partial<PluginListState>) => void
  page: PluginPage | undefined
}

/** Cluster, search, filters and how many rows they leave. */
export function PluginToolbar({ state, change, page }: PluginToolbarProps): ReactNode {
  const { plugins, common } = useMessages()
  const facets = page?.facets
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <ClusterPicker
        cluster={state.cluster}
        onPick={(cluster) => {
          change({ cluster })
        }}
      />
      <SearchField
        className="w-64 max-sm:w-full"
        value={state.q}
        label={plugins.searchLabel}
        placeholder={plugins.searchPlaceholder}
        clearLabel={common.clear}
        onChange={(q) => {
          change({ q })
        }}
      />
      <FilterMenu
        label={plugins.filterStatus}
        values={STATUS_FILTERS}
        chosen={state.status}
        wordOf={(status) => common.status[status]}
        counts={{ ...facets?.status, Upgradable: facets?.upgradable ?? 0 }}
        onChange={(status) => {
          change({ status })
        }}
      />
      <FilterMenu
        label={plugins.filterLifecycle}
        values={LIFECYCLES}
        chosen={state.lifecycle}
        wordOf={(lifecycle) => common.lifecycle[lifecycle]}
        counts={facets?.lifecycle ?? {}}
        onChange={(lifecycle) => {
          change({ lifecycle })
        }}
      />
      {isFiltered(state) && (
        <Button
          variant="ghost"
          onClick={() => {
            change({ q: '', status: [], lifecycle: [] })
          }}
        >
          {plugins.clearFilters}
        </Button>
      )}
      <output className="tabular ml-auto text-sm text-muted">
        {page && plugins.counts({ shown: page.total, total: page.totalUnfiltered })}
      </output>
    </div>
  )
}
