'use client'
import type { ReactNode } from 'react'
import { Definition, DefinitionList } from '#components/ui/definition-list.tsx'
import { Panel, Section } from '#components/ui/section.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { pluginPath } from '#lib/browser/paths.ts'
import type { PluginDetail } from '#lib/contract/plugin.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

function PluginLinks({ names }: { names: readonly string[] }): ReactNode {
  return (
    <ul className="space-y-1.5">
      {names.map((name) => (
        <li key={name}>
          <TextLink href={pluginPath(name)}>{name}</TextLink>
        </li>
      ))}
    </ul>
  )
}

/** What the plugin needs, and who needs it. */
export function DependenciesSection({ plugin }: { plugin: PluginDetail }): ReactNode {
  const { detail } = useMessages().plugins
  const { dependencies, crossClusterDependencies, neededBy } = plugin
  return (
    <Section id="dependencies" title={detail.dependencies}>
      <Panel>
        <DefinitionList>
          <Definition term={detail.needs}>
            {dependencies.length === 0 ? (
              <span className="text-muted">{detail.needsNothing}</span>
            ) : (
              <ul className="space-y-1.5">
                {dependencies.map(({ moduleName, versionsMatch = [] }) => (
                  <li key={moduleName}>
                    <TextLink href={pluginPath(moduleName)}>{moduleName}</TextLink>{' '}
                    <span className="font-mono text-xs text-muted">
                      {versionsMatch.length === 0
                        ? detail.anyVersion
                        : versionsMatch.join(` ${detail.needsOneOf} `)}
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </Definition>
          {crossClusterDependencies.length > 0 && (
            <Definition term={detail.crossCluster}>
              <PluginLinks names={crossClusterDependencies} />
            </Definition>
          )}
          <Definition term={detail.neededBy}>
            {neededBy.length === 0 ? (
              <span className="text-muted">{detail.neededByNobody}</span>
            ) : (
              <PluginLinks names={neededBy} />
            )}
          </Definition>
        </DefinitionList>
      </Panel>
    </Section>
  )
}
