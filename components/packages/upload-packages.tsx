'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useMemo, useSyncExternalStore } from 'react'
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
import { packageQueryOf, parsePackageList } from './package-list-state.ts'
import { packageFiles } from './package-files.ts'
import { UploadHistory } from './upload-history.tsx'
import { UploadList } from './upload-list.tsx'
import { uploadRows } from './upload-rows.ts'
import type { SentFile } from './upload-sender.ts'
import { UploadZone } from './upload-zone.tsx'
import { useUploads } from './use-uploads.ts'

const NO_FILES: readonly SentFile[] = []

function ClusterPlugins(): ReactNode {
  const { packages: texts, common } = useMessages()
  const parameters = useSearchParams()
  const state = useMemo(() => parsePackageList(parameters), [parameters])
  const list = useQuery({ ...packagesQuery(packageQueryOf(state)), placeholderData: keepPreviousData })
  const uploads = useUploads()
  const files = useSyncExternalStore(browserUploads.subscribe, browserUploads.files, () => NO_FILES)
  const rows = useMemo(() => uploadRows(files, uploads), [files, uploads])
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
        policy={list.data?.verification ?? null}
        onFiles={(chosen) => {
          browserUploads.add(packageFiles(chosen, maxBytes), uploads)
        }}
      />
      <UploadList rows={rows} maxBytes={maxBytes} />
      {list.error && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {!list.data && !list.error && <TableSkeleton rows={8} label={common.loading} />}
      {list.data && <SourceNotice subject="packages" behind={list.data.behind} />}
      {list.data && <PackageList list={list.data} state={state} isStale={list.isPlaceholderData} />}
      <UploadHistory uploads={uploads} />
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
