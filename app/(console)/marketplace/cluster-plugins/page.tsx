import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { PluginList } from '#components/plugins/plugin-list.tsx'
import { Hydrated } from '#components/shell/hydrated.tsx'
import { parsePluginList, pluginQueryOf } from '#lib/browser/plugin-list-state.ts'
import { pluginsQuery } from '#lib/browser/queries/plugins.ts'
import { prefetch, wanted } from '../../../prefetch.ts'
import { requestMessages } from '../../../request-preferences.ts'
import { searchParametersOf } from '../../../search-parameters.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await requestMessages()).plugins.title }
}

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function ClusterPluginsPage(props: Props): Promise<ReactNode> {
  const state = parsePluginList(searchParametersOf(await props.searchParams))
  const query = pluginQueryOf(state)
  const prefetched = await prefetch(
    wanted(pluginsQuery(query), (services, context) => services.listPlugins(context, query)),
  )
  return (
    <Hydrated {...prefetched}>
      <PluginList />
    </Hydrated>
  )
}
