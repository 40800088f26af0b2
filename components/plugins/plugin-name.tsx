'use client'
import type { ReactNode } from 'react'
import { LogoImage } from '#components/ui/logo-image.tsx'
import { pluginPath } from '#lib/browser/paths.ts'
import type { PluginSummary } from '#lib/contract/plugin.ts'
import { pick } from '#lib/domain/local-text.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import { reasonLines } from '#lib/i18n/reason-text.ts'
import { SoftLink } from '#components/ui/soft-link.tsx'

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
    <div className="plugin-name">
      <LogoImage src={plugin.logo} name={plugin.name} />
      <SoftLink href={pluginPath(plugin.name)} data-cut>
        {displayName}
      </SoftLink>
      {displayName !== plugin.name && <span data-cut>{plugin.name}</span>}
      {problems.length > 0 && (
        <button
          type="button"
          aria-label={messages.plugins.objectProblems}
          data-tip={reasonLines(messages, problems)}
          className="tip-btn sign-triangle text-warn"
        />
      )}
      {description !== '' && <p data-cut>{description}</p>}
    </div>
  )
}
