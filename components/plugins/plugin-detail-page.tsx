'use client'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { NotFoundPage } from '#components/shell/not-found-page.tsx'
import { PageSkeleton } from '#components/shell/page-skeleton.tsx'
import { ProblemNotice } from '#components/shell/problem-notice.tsx'
import { SourceNotice } from '#components/shell/source-notice.tsx'
import { ProblemError } from '#lib/browser/problem-error.ts'
import { pluginQuery } from '#lib/browser/queries/plugins.ts'
import { AbsentNotice } from './absent-notice.tsx'
import { ClustersSection } from './clusters-section.tsx'
import { ContentsSection } from './contents-section.tsx'
import { DependenciesSection } from './dependencies-section.tsx'
import { InstallationsSection } from './installations-section.tsx'
import { PluginHeader } from './plugin-header.tsx'
import { RemovalSection } from './removal-section.tsx'
import { VersionsSection } from './versions-section.tsx'

/** Everything about one plugin. */
export function PluginDetailPage({ plugin }: { plugin: string }): ReactNode {
  const { data, error, refetch } = useQuery(pluginQuery(plugin))
  if (!data) {
    if (!error) return <PageSkeleton rows={6} />
    if (error instanceof ProblemError && error.problem.code === 'not-found') return <NotFoundPage />
    return <ProblemNotice error={error} onRetry={() => void refetch()} />
  }
  const isUnknown = data.versions.length === 0 && data.installations.length === 0
  return (
    <>
      <PluginHeader plugin={data} />
      <SourceNotice subject="plugins" behind={data.behind} />
      <div className="space-y-7">
        {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
        {isUnknown && <AbsentNotice plugin={data} />}
        <ClustersSection plugin={data} />
        {/* Without a version nobody knows what it needs, or what removing it means. */}
        {!isUnknown && (
          <>
            <InstallationsSection plugin={data} />
            <VersionsSection plugin={data} />
            <ContentsSection plugin={data} />
            <DependenciesSection plugin={data} />
            <RemovalSection plugin={data} />
          </>
        )}
      </div>
    </>
  )
}
