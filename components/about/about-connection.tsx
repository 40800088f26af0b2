'use client'
import type { ReactNode } from 'react'
import { RelativeTime } from '#components/shell/relative-time.tsx'
import { Definition, DefinitionList } from '#components/ui/definition-list.tsx'
import { Panel } from '#components/ui/section.tsx'
import type { AboutView } from '#lib/contract/about.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

function Mono({ children }: { children: ReactNode }): ReactNode {
  return <span className="font-mono text-xs break-all">{children}</span>
}

/** Which API server, as whom, by which console. */
export function AboutConnection({
  about: { connection, console: own, ...rest },
}: {
  about: AboutView
}): ReactNode {
  const { about } = useMessages()
  return (
    <Panel>
      <DefinitionList>
        <Definition term={about.cluster}>
          {connection.cluster}
          {rest.isEmbedded && <span className="block text-xs text-muted">{about.embedded}</span>}
        </Definition>
        <Definition term={about.server}>
          <Mono>{connection.server}</Mono>
        </Definition>
        <Definition term={about.kubernetes}>
          {connection.version !== null && <Mono>{connection.version}</Mono>}
        </Definition>
        <Definition term={about.context}>
          {connection.context !== '' && <Mono>{connection.context}</Mono>}
        </Definition>
        <Definition term={about.user}>{connection.user}</Definition>
        <Definition term={about.registry}>
          {rest.registry === null ? about.noRegistry : <Mono>{rest.registry}</Mono>}
        </Definition>
        <Definition term={about.console}>
          <Mono>{own.version}</Mono>
        </Definition>
        <Definition term={about.node}>
          <Mono>{own.node}</Mono>
        </Definition>
        <Definition term={about.startedAt}>
          <RelativeTime iso={own.startedAt} />
        </Definition>
      </DefinitionList>
    </Panel>
  )
}
