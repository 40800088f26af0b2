'use client'
import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { LiveResourcesProvider } from '#components/installations/live-resources-provider.tsx'
import { SearchField } from '#components/ui/search-field.tsx'
import { Tabs } from '#components/ui/tabs.tsx'
import { GLOBAL_CLUSTER } from '#lib/kinds/cluster.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { galleryRowsFor } from './gallery-rows.ts'
import { GalleryRowView } from './gallery-row-view.tsx'
import { Playground } from './playground.tsx'

function changeSearch(q: string): void {
  history.replaceState(null, '', q === '' ? location.pathname : `?${new URLSearchParams({ q })}`)
}

/** The rows that the address's `q` leaves. */
function Capabilities(): ReactNode {
  const { gallery, common } = useMessages()
  const q = useSearchParams().get('q') ?? ''
  const rows = galleryRowsFor(q)
  return (
    <div className="grid grid-cols-1 gap-4">
      <SearchField
        className="w-64 max-sm:w-full"
        value={q}
        label={gallery.searchLabel}
        placeholder={gallery.searchLabel}
        clearLabel={common.clear}
        onChange={changeSearch}
      />
      {rows.map((row) => (
        <GalleryRowView key={row.id} row={row} />
      ))}
      {rows.length === 0 && <p className="text-sm text-muted">{gallery.nothing}</p>}
    </div>
  )
}

/** All rows, and the playground. Live objects are those of the global cluster. */
export function GalleryBody(): ReactNode {
  const { gallery } = useMessages()
  const [tab, setTab] = useState<'capabilities' | 'playground'>('capabilities')
  return (
    <LiveResourcesProvider cluster={GLOBAL_CLUSTER}>
      <Tabs
        label={gallery.tabs}
        value={tab}
        onChange={setTab}
        tabs={[
          {
            value: 'capabilities',
            label: gallery.capabilities,
            panel: <Capabilities />,
          },
          { value: 'playground', label: gallery.playground, panel: <Playground /> },
        ]}
      />
    </LiveResourcesProvider>
  )
}
