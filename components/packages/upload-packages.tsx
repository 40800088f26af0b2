'use client'
import { useQuery } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { PageHeader } from '#components/shell/page-header.tsx'
import { ProblemNotice } from '#components/shell/problem-notice.tsx'
import { SourceNotice } from '#components/shell/source-notice.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { TableSkeleton } from '#components/ui/skeleton.tsx'
import { Tabs } from '#components/ui/tabs.tsx'
import { packagesQuery } from '#lib/browser/queries/packages.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { browserUploads } from './browser-uploads.ts'
import { PackageList } from './package-list.tsx'
import type { Upload } from './upload-queue.ts'
import { UploadList } from './upload-list.tsx'
import { UploadZone } from './upload-zone.tsx'

const NO_UPLOADS: readonly Upload[] = []

function ClusterPlugins(): ReactNode {
  const { packages: texts, common } = useMessages()
  const list = useQuery(packagesQuery)
  const uploads = useSyncExternalStore(browserUploads.subscribe, browserUploads.uploads, () => NO_UPLOADS)
  const maxBytes = list.data?.maxPackageBytes ?? null
  return (
    <div className="grid grid-cols-1 gap-5">
      {list.data?.registry === null && (
        <Notice tone="warn" title={texts.noRegistry}>
          <p className="text-muted">{texts.noRegistryText}</p>
        </Notice>
      )}
      <UploadZone
        maxBytes={maxBytes}
        onFiles={(files) => {
          browserUploads.add(files, maxBytes)
        }}
      />
      <UploadList uploads={uploads} maxBytes={maxBytes} />
      {list.error && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {!list.data && !list.error && <TableSkeleton rows={8} label={common.loading} />}
      {list.data && <SourceNotice subject="packages" behind={list.data.behind} />}
      {list.data && <PackageList items={list.data.items} />}
      {list.data?.registry != null && (
        <p className="text-xs text-muted">{texts.registry({ registry: list.data.registry })}</p>
      )}
    </div>
  )
}

/** The Upload Packages page. */
export function UploadPackages(): ReactNode {
  const { packages: texts, shell } = useMessages()
  return (
    <>
      <PageHeader crumbs={[{ label: shell.marketplace }, { label: texts.title }]} title={texts.title} />
      <Tabs
        label={texts.tabs}
        value="cluster-plugins"
        onChange={() => {}}
        tabs={[{ value: 'cluster-plugins', label: texts.tab, panel: <ClusterPlugins /> }]}
      />
    </>
  )
}
