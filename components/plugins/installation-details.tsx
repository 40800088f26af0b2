'use client'
import { lazy, Suspense } from 'react'
import type { ReactNode } from 'react'
import { RelativeTime } from '#components/shell/relative-time.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Chip } from '#components/ui/chip.tsx'
import { Definition, DefinitionList } from '#components/ui/definition-list.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import type { InstallationView } from '#lib/contract/installation.ts'
import type { JsonObject } from '#lib/kinds/object.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { ConditionsTable } from './conditions-table.tsx'
import { ReleasesTable } from './releases-table.tsx'

const YamlView = lazy(() => import('./yaml-view.tsx'))

function Configuration({ value, label }: { value: JsonObject | undefined; label: string }): ReactNode {
  const { detail } = useMessages().plugins
  if (value === undefined) return <p className="text-sm text-muted">{detail.parametersDefault}</p>
  if (Object.keys(value).length === 0) return <p className="text-sm text-muted">{detail.parametersNone}</p>
  return (
    <Suspense fallback={<Skeleton className="h-24 w-full" />}>
      <YamlView value={value} label={label} />
    </Suspense>
  )
}

/** One installation as the platform reports it. */
export function InstallationDetails({ installation }: { installation: InstallationView }): ReactNode {
  const { detail } = useMessages().plugins
  const { conditions, appReleases, config, valuesOverride, labels } = installation
  return (
    <div className="space-y-3 pb-2">
      <DefinitionList>
        <Definition term={detail.objectName}>
          <span className="font-mono text-xs break-all">{installation.name}</span>
        </Definition>
        <Definition term={detail.targetVersion}>
          <span className="font-mono text-xs">{installation.targetVersion}</span>
        </Definition>
        <Definition term={detail.installedVersion}>
          <span className="font-mono text-xs">{installation.installedVersion}</span>
        </Definition>
        <Definition term={detail.phase}>{installation.phase}</Definition>
        <Definition term={detail.created}>
          <RelativeTime iso={installation.createdAt} />
          {installation.createdByPlatform && <Badge className="ml-2">{detail.createdByPlatform}</Badge>}
        </Definition>
      </DefinitionList>
      <Disclosure
        open={appReleases.some((release) => release.failed || !release.ready || !release.synced)}
        summary={`${detail.releases} (${appReleases.length})`}
      >
        {() => <ReleasesTable releases={appReleases} />}
      </Disclosure>
      <Disclosure open summary={`${detail.conditions} (${conditions.length})`}>
        {() => (
          <ConditionsTable conditions={conditions} caption={detail.conditions} empty={detail.noConditions} />
        )}
      </Disclosure>
      <Disclosure summary={detail.parameters}>
        {() => <Configuration value={config} label={detail.parameters} />}
      </Disclosure>
      {valuesOverride !== undefined && Object.keys(valuesOverride).length > 0 && (
        <Disclosure summary={detail.valuesOverride}>
          {() => <Configuration value={valuesOverride} label={detail.valuesOverride} />}
        </Disclosure>
      )}
      <Disclosure summary={detail.labels}>
        {() => (
          <div className="flex flex-wrap gap-1.5">
            {Object.entries(labels).map(([key, value]) => (
              <Chip key={key}>{value === '' ? key : `${key}=${value}`}</Chip>
            ))}
          </div>
        )}
      </Disclosure>
    </div>
  )
}
