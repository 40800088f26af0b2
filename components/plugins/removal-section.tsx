'use client'
import type { ReactNode } from 'react'
import { Definition, DefinitionList } from '#components/ui/definition-list.tsx'
import { Panel, Section } from '#components/ui/section.tsx'
import type { PluginDetail } from '#lib/contract/plugin.ts'
import { pick } from '#lib/domain/local-text.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'

/** What removing the plugin means, in its own words, and what forbids it. */
export function RemovalSection({ plugin }: { plugin: PluginDetail }): ReactNode {
  const { messages, language } = useI18n()
  const { detail } = messages.plugins
  const risk = pick(plugin.deleteRisk, language)
  const block = pick(plugin.deleteBlock, language)
  return (
    <Section id="removal" title={detail.deletion}>
      <Panel className="space-y-3">
        <p className="text-sm">{plugin.deleteable ? detail.deletable : detail.notDeletable}</p>
        {(risk !== '' || block !== '' || plugin.resourcesBlockRemove.length > 0) && (
          <DefinitionList>
            {risk !== '' && (
              <Definition term={detail.deleteRisk}>
                <span className="whitespace-pre-line">{risk}</span>
              </Definition>
            )}
            {block !== '' && (
              <Definition term={detail.deleteBlock}>
                <span className="whitespace-pre-line">{block}</span>
              </Definition>
            )}
            {plugin.resourcesBlockRemove.length > 0 && (
              <Definition term={detail.blockedByResources}>
                <ul className="font-mono text-xs">
                  {plugin.resourcesBlockRemove.map(({ apiVersion, kind, namespace, name }) => {
                    const text = [kind, namespace, name].filter(Boolean).join(' / ')
                    return (
                      <li key={`${apiVersion} ${text}`}>
                        {text} <span className="text-muted">{apiVersion}</span>
                      </li>
                    )
                  })}
                </ul>
              </Definition>
            )}
          </DefinitionList>
        )}
      </Panel>
    </Section>
  )
}
