'use client'
import type { ReactNode } from 'react'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { Panel, Section } from '#components/ui/section.tsx'
import { StatusMark } from '#components/ui/status-mark.tsx'
import type { PluginDetail } from '#lib/contract/plugin.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { InstallationDetails } from './installation-details.tsx'
import { lookOf } from './status-look.ts'

const TROUBLED = new Set(['Failed', 'Degraded', 'Unknown'])

/** Each installation with what the platform says of it; those in trouble stand open. */
export function InstallationsSection({ plugin }: { plugin: PluginDetail }): ReactNode {
  const { plugins, common } = useMessages()
  const { installations } = plugin
  return (
    <Section id="installations" title={plugins.detail.installations}>
      {installations.length === 0 ? (
        <Panel className="text-sm text-muted">{plugins.detail.notInstalledAnywhere}</Panel>
      ) : (
        <div className="divide-y rounded-md border bg-surface">
          {installations.map((installation) => (
            <div key={installation.cluster} className="px-3 py-1.5">
              <Disclosure
                open={installations.length === 1 || TROUBLED.has(installation.status)}
                summary={
                  <span className="flex flex-wrap items-center gap-x-3">
                    <span className="sr-only">
                      {plugins.detail.installation({ cluster: installation.cluster })}
                    </span>
                    <span aria-hidden>{installation.cluster}</span>
                    <StatusMark {...lookOf(installation)}>{common.status[installation.status]}</StatusMark>
                    <span className="font-mono text-xs font-normal text-muted">
                      {installation.installedVersion ?? installation.targetVersion}
                    </span>
                  </span>
                }
              >
                {() => <InstallationDetails installation={installation} />}
              </Disclosure>
            </div>
          ))}
        </div>
      )}
    </Section>
  )
}
