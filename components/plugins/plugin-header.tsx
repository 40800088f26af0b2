'use client'
import ExternalLinkIcon from 'lucide-react/icons/external-link'
import type { ReactNode } from 'react'
import { PageHeader } from '#components/shell/page-header.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { LogoImage } from '#components/ui/logo-image.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PATHS } from '#lib/browser/paths.ts'
import { safeHref } from '#lib/browser/safe-href.ts'
import type { PluginDetail } from '#lib/contract/plugin.ts'
import { pick } from '#lib/domain/local-text.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import { reasonText } from '#lib/i18n/reason-text.ts'

/** Name, picture, description and properties of a plugin, and the way to its own page where it has one. */
export function PluginHeader({ plugin }: { plugin: PluginDetail }): ReactNode {
  const { messages, language } = useI18n()
  const { plugins, common, shell } = messages
  const displayName = pick(plugin.displayName, language) || plugin.name
  const entries = plugin.installations.flatMap(({ cluster, entrypoint }) => {
    const href = safeHref(entrypoint)
    return href === null ? [] : [{ cluster, href }]
  })
  return (
    <>
      <PageHeader
        crumbs={[
          { label: shell.marketplace },
          { label: plugins.title, href: PATHS.clusterPlugins },
          { label: displayName },
        ]}
        picture={<LogoImage src={plugin.logo} name={plugin.name} size="lg" />}
        title={displayName}
        beside={
          <span className="flex min-w-0 flex-wrap items-center gap-1.5">
            {displayName !== plugin.name && (
              <span className="mr-1 min-w-0 font-mono text-xs wrap-anywhere text-muted">{plugin.name}</span>
            )}
            {plugin.latestVersion !== null && (
              <Badge data-tip={plugins.detail.latestVersion} className="min-w-0 font-mono">
                {plugin.latestVersion}
              </Badge>
            )}
            <Badge data-tip={common.lifecycleMeaning[plugin.lifecycle]}>
              {common.lifecycle[plugin.lifecycle]}
            </Badge>
            {plugin.catalog !== null && <Badge data-tip={plugins.detail.catalog}>{plugin.catalog}</Badge>}
            {plugin.builtIn && <Badge data-tip={plugins.builtInHint}>{plugins.builtIn}</Badge>}
          </span>
        }
        intro={<p className="whitespace-pre-line">{pick(plugin.description, language)}</p>}
        actions={entries.map(({ cluster, href }) => (
          <a
            key={cluster}
            href={href}
            target="_blank"
            rel="noopener noreferrer"
            className={buttonClass('secondary')}
          >
            <ExternalLinkIcon aria-hidden className="size-3.5" />
            {entries.length === 1 ? plugins.detail.open : plugins.detail.openOn({ cluster })}
          </a>
        ))}
      />
      {plugin.problems.length > 0 && (
        <Notice tone="warn" title={plugins.objectProblems} className="mb-4">
          {plugin.problems.map((problem) => {
            const text = reasonText(messages, problem)
            return <p key={text}>{text}</p>
          })}
        </Notice>
      )}
    </>
  )
}
