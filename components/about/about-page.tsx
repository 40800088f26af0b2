'use client'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { FreshnessTable } from '#components/clusters/freshness-table.tsx'
import { PageHeader } from '#components/shell/page-header.tsx'
import { PageSkeleton } from '#components/shell/page-skeleton.tsx'
import { ProblemNotice } from '#components/shell/problem-notice.tsx'
import { Section } from '#components/ui/section.tsx'
import { aboutQuery } from '#lib/browser/queries/about.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { AboutClusters } from './about-clusters.tsx'
import { AboutConnection } from './about-connection.tsx'
import { AboutControllers } from './about-controllers.tsx'
import { AboutCrds } from './about-crds.tsx'
import { AboutSource } from './about-source.tsx'
import { CopyAsText } from './copy-as-text.tsx'
import { Paged } from './paged.tsx'

/** What this console is connected to: for its operator, and for whoever helps them. */
export function AboutPage(): ReactNode {
  const { about, clusters } = useMessages()
  const { data, error, refetch } = useQuery(aboutQuery)
  if (!data) {
    if (!error) return <PageSkeleton rows={6} />
    return <ProblemNotice error={error} onRetry={() => void refetch()} />
  }
  // What isn't live is what one looks for here.
  const sources = data.sources.toSorted((a, b) => Number(a.state === 'live') - Number(b.state === 'live'))
  return (
    <>
      <PageHeader crumbs={[]} title={about.title} intro={about.intro} actions={<CopyAsText about={data} />} />
      <div className="space-y-7">
        {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
        <Section title={about.connection}>
          <AboutConnection about={data} />
        </Section>
        <Section title={about.source}>
          <AboutSource source={data.clusterSource} />
        </Section>
        <Section title={`${about.clusters} (${data.clusters.length})`} intro={about.clustersIntro}>
          <Paged items={data.clusters}>{(shown) => <AboutClusters clusters={shown} />}</Paged>
        </Section>
        <Section title={about.crds} intro={about.crdsIntro}>
          <AboutCrds crds={data.crds} />
        </Section>
        <Section title={about.controllers} intro={about.controllersIntro}>
          <AboutControllers controllers={data.controllers} />
        </Section>
        <Section title={about.freshness}>
          <Paged items={sources}>
            {(shown) => <FreshnessTable sources={shown} caption={clusters.detail.freshness} hasClusters />}
          </Paged>
        </Section>
      </div>
    </>
  )
}
