'use client'
import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { ArtifactsTable, ImagesTable } from '#components/packages/inspection/artifacts-section.tsx'
import { ProblemNotice } from '#components/shell/problem-notice.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { Panel, Section } from '#components/ui/section.tsx'
import { Select } from '#components/ui/select.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { versionContentsQuery } from '#lib/browser/queries/plugins.ts'
import type { PluginDetail, VersionContents } from '#lib/contract/plugin.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

const MarkdownText = dynamic(() => import('./markdown-text.tsx'), {
  ssr: false,
  loading: () => <Skeleton className="h-24 w-full" />,
})

function Kept({ kept }: { kept: VersionContents }): ReactNode {
  const { contents } = useMessages().packages
  const { readme, changelog, artifacts, images, isShortened } = kept
  return (
    <>
      {readme !== null && (
        <Disclosure summary={contents.readme}>{() => <MarkdownText text={readme} />}</Disclosure>
      )}
      {changelog !== null && (
        <Disclosure summary={contents.changelog}>{() => <MarkdownText text={changelog} />}</Disclosure>
      )}
      {(artifacts.length > 0 || images.length > 0) && (
        <Disclosure summary={contents.artifacts}>
          {() => (
            <div className="grid grid-cols-1 gap-3">
              {artifacts.length > 0 && <ArtifactsTable artifacts={artifacts} />}
              {images.length > 0 && <ImagesTable images={images} />}
            </div>
          )}
        </Disclosure>
      )}
      {isShortened && <p className="text-xs text-muted">{contents.shortened}</p>}
    </>
  )
}

/** README, changelog, charts and images of a version, as its package had them. */
export function ContentsSection({ plugin }: { plugin: PluginDetail }): ReactNode {
  const { contents } = useMessages().packages
  const [asked, setAsked] = useState<string | null>(null)
  const version = plugin.versions.find((one) => one === asked) ?? plugin.versions[0]
  const { data, error, refetch } = useQuery({
    ...versionContentsQuery(plugin.name, version ?? ''),
    enabled: version !== undefined,
  })
  if (version === undefined) return null
  return (
    <Section
      id="contents"
      title={contents.title}
      action={
        plugin.versions.length > 1 && (
          <Select
            value={version}
            onChange={setAsked}
            options={plugin.versions.map((value) => ({ value, label: value }))}
            aria-label={contents.version}
            className="w-36!"
          />
        )
      }
    >
      <Panel>
        {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
        {data === undefined && error === null && <Skeleton className="h-8 w-full" />}
        {data === null && <p className="text-sm text-muted">{contents.nothing}</p>}
        {data != null && <Kept key={version} kept={data} />}
      </Panel>
    </Section>
  )
}
