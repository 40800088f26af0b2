'use client'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { LiveResourcesProvider } from '#components/installations/live-resources-provider.tsx'
import { Tabs } from '#components/ui/tabs.tsx'
import { GLOBAL_CLUSTER } from '#lib/kinds/cluster.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { GALLERY_ROWS } from './gallery-rows.ts'
import { GalleryRowView } from './gallery-row-view.tsx'
import { Playground } from './playground.tsx'

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
            panel: (
              <div className="grid grid-cols-1 gap-4">
                {GALLERY_ROWS.map((row) => (
                  <GalleryRowView key={row.id} row={row} />
                ))}
              </div>
            ),
          },
          { value: 'playground', label: gallery.playground, panel: <Playground /> },
        ]}
      />
    </LiveResourcesProvider>
  )
}
