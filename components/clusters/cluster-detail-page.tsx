'use client'
import { useQuery } from '@tanstack/react-query'
import { usePathname, useSearchParams } from 'next/navigation'
import type { ReactNode } from 'react'
import { NotFoundPage } from '#components/shell/not-found-page.tsx'
import { PageHeader } from '#components/shell/page-header.tsx'
import { PageSkeleton } from '#components/shell/page-skeleton.tsx'
import { ProblemNotice } from '#components/shell/problem-notice.tsx'
import { SourceNotice } from '#components/shell/source-notice.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { LinkTabs } from '#components/ui/link-tabs.tsx'
import { CLUSTER_TABS, clusterPath, PATHS } from '#lib/browser/paths.ts'
import { ProblemError } from '#lib/browser/problem-error.ts'
import { clusterQuery } from '#lib/browser/queries/clusters.ts'
import { behindOf } from '#lib/contract/freshness.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { ClusterFeatures } from './cluster-features.tsx'
import { ClusterOverview } from './cluster-overview.tsx'
import { SilentNotice } from './silent-notice.tsx'
import { ClusterPhase } from './cluster-phase.tsx'

/** Everything about one cluster, on tabs with an address each. */
export function ClusterDetailPage({ cluster }: { cluster: string }): ReactNode {
  const { clusters, shell } = useMessages()
  const pathname = usePathname()
  const wantedTab = useSearchParams().get('tab')
  const tab = CLUSTER_TABS.find((one) => one === wantedTab) ?? 'overview'
  const { data, error, refetch } = useQuery(clusterQuery(cluster))
  if (!data) {
    if (!error) return <PageSkeleton rows={6} />
    if (error instanceof ProblemError && error.problem.code === 'not-found') return <NotFoundPage />
    return <ProblemNotice error={error} onRetry={() => void refetch()} />
  }
  const { upgradable } = data.plugins
  return (
    <>
      <PageHeader
        crumbs={[
          { label: shell.clusters },
          { label: clusters.title, href: PATHS.clusters },
          { label: cluster },
        ]}
        title={cluster}
        beside={
          <span className="flex flex-wrap items-center gap-2 text-sm">
            <ClusterPhase cluster={data} />
            {data.version !== null && <Badge className="font-mono">{data.version}</Badge>}
            {data.isGlobal && <Badge data-tip={clusters.globalHint}>{clusters.global}</Badge>}
          </span>
        }
        intro={data.displayName === cluster ? undefined : data.displayName}
      />
      <LinkTabs
        label={clusters.detail.tabs}
        tabs={CLUSTER_TABS.map((one) => ({
          key: one,
          href: clusterPath(cluster, one).replace(/^[^?]*/, pathname),
          isActive: one === tab,
          label: (
            <>
              {clusters.detail[one]}
              {one === 'features' && upgradable > 0 && (
                <span
                  className="tabular rounded-full bg-accent-soft px-1.5 text-xs text-accent"
                  data-tip={clusters.upgradable({ count: upgradable })}
                >
                  <span aria-hidden>↑ {upgradable}</span>
                  <span className="sr-only">{clusters.upgradable({ count: upgradable })}</span>
                </span>
              )}
            </>
          ),
        }))}
      />
      <div className="pt-4">
        <SilentNotice cluster={data} />
        {error && (
          <div className="mb-3">
            <ProblemNotice error={error} onRetry={() => void refetch()} />
          </div>
        )}
        <SourceNotice subject="clusters" behind={behindOf(data.freshness, 'clusters')} />
        {tab === 'features' ? <ClusterFeatures cluster={data} /> : <ClusterOverview cluster={data} />}
      </div>
    </>
  )
}
