'use client'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ProblemNotice } from '#components/shell/problem-notice.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { versionFormQuery } from '#lib/browser/queries/plugins.ts'
import { effectiveConfig } from '#lib/domain/effective-config.ts'
import { unmentionedDefaults } from '#lib/domain/form/new-parameters.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import type { JsonObject } from '#lib/kinds/object.ts'
import { LazyYamlView } from './lazy-yaml-view.tsx'

interface KeptParametersProps {
  plugin: string
  /** The version to go to. */
  version: string
  /** The installation's own configuration; absent when it follows the defaults. */
  config: JsonObject | undefined
}

/** What an upgrade does to the parameters: nothing. Tells what stays, and what the new version has besides. */
export function KeptParameters({ plugin, version, config }: KeptParametersProps): ReactNode {
  const { installations: texts } = useMessages()
  const parts = useQuery(versionFormQuery(plugin, version))
  const defaults = parts.data && effectiveConfig(parts.data.config, {})
  const added = defaults && config ? unmentionedDefaults(config, defaults) : undefined
  if (config === undefined)
    return (
      <div className="text-sm">
        <p className="font-medium">{texts.defaultsTitle}</p>
        <p className="text-muted">{texts.defaultsText}</p>
      </div>
    )
  const isBare = Object.keys(config).length === 0
  return (
    <div className="grid grid-cols-1 gap-2 text-sm">
      {!isBare && (
        <Disclosure summary={texts.keptTitle}>
          {() => (
            <>
              <p className="mb-2 text-muted">{texts.keptText}</p>
              <LazyYamlView value={config} label={texts.keptLabel} />
            </>
          )}
        </Disclosure>
      )}
      {added !== undefined && (
        <Disclosure summary={texts.newParameters} open>
          {() => (
            <>
              <p className="mb-2 text-muted">{texts.newParametersText}</p>
              <LazyYamlView value={added} label={texts.newParametersLabel} />
            </>
          )}
        </Disclosure>
      )}
      {parts.error !== null && <ProblemNotice error={parts.error} onRetry={() => void parts.refetch()} />}
    </div>
  )
}
