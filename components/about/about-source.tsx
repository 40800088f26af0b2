'use client'
import type { ReactNode } from 'react'
import { Definition, DefinitionList } from '#components/ui/definition-list.tsx'
import { Panel } from '#components/ui/section.tsx'
import type { AboutView } from '#lib/contract/about.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

/** Which clusters there are to know of, and why so. */
export function AboutSource({ source }: { source: AboutView['clusterSource'] }): ReactNode {
  const { about } = useMessages()
  const { kind, isConfigured, gateway, kubeconfigs, hasNamespacePrefix } = source
  return (
    <Panel>
      <DefinitionList>
        <Definition term={about.kind}>{kind === null ? about.sourceUnknown : about.sources[kind]}</Definition>
        <Definition term={about.why}>{isConfigured ? about.configured : about.found}</Definition>
        {kind === 'platform' && (
          <Definition term={about.gateway}>
            {gateway === null ? (
              about.gatewayUnknown
            ) : (
              <>
                <span className="font-mono text-xs break-all">{gateway.address}</span>{' '}
                <span className="text-xs text-muted">
                  ({gateway.isConfigured ? about.gatewayConfigured : about.gatewayFromKubeconfig})
                </span>
              </>
            )}
          </Definition>
        )}
        {kind === 'cluster-api' && (
          <Definition term={about.names}>
            {hasNamespacePrefix ? about.namesPrefixed : about.namesPlain}
          </Definition>
        )}
        {kubeconfigs.length > 0 && (
          <Definition term={about.kubeconfigs}>
            <ul className="font-mono text-xs">
              {kubeconfigs.map((path) => (
                <li key={path} className="break-all">
                  {path}
                </li>
              ))}
            </ul>
          </Definition>
        )}
      </DefinitionList>
    </Panel>
  )
}
