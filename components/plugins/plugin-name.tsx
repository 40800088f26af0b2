'use client'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import type { ReactNode } from 'react'
import Link from 'next/link'
import { LogoImage } from '#components/ui/logo-image.tsx'
import { pluginPath } from '#lib/browser/paths.ts'
import type { PluginSummary } from '#lib/contract/plugin.ts'
import { pick } from '#lib/domain/local-text.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import { reasonLines } from '#lib/i18n/reason-text.ts'

type Named = Pick<PluginSummary, 'name' | 'displayName' | 'description' | 'logo'> & {
  problems?: PluginSummary['problems']
}

/** A plugin's picture, names and description, leading to its page. */
export function PluginName({ plugin }: { plugin: Named }): ReactNode {
  const { messages, language } = useI18n()
  const displayName = pick(plugin.displayName, language) || plugin.name
  const description = pick(plugin.description, language)
  const { problems = [] } = plugin
  return (
    <div className="flex min-w-0 items-center gap-2.5">
      <LogoImage src={plugin.logo} name={plugin.name} />
      <div className="min-w-0">
        <div className="flex min-w-0 items-baseline gap-2">
          <Link
            href={pluginPath(plugin.name)}
            prefetch={false}
            className="truncate rounded-sm font-medium hover:text-accent hover:underline"
          >
            {displayName}
          </Link>
          {displayName !== plugin.name && (
            <span className="truncate font-mono text-xs text-muted">{plugin.name}</span>
          )}
          {problems.length > 0 && (
            <button
              type="button"
              aria-label={messages.plugins.objectProblems}
              data-tip={reasonLines(messages, problems)}
              data-tip-click=""
              className="inline-flex size-6 shrink-0 items-center justify-center self-center rounded-sm text-warn"
            >
              <TriangleAlert className="size-3.5" />
            </button>
          )}
        </div>
        {description !== '' && <p className="truncate text-xs text-muted">{description}</p>}
      </div>
    </div>
  )
}
