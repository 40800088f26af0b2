import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { PluginDetailPage } from '#components/plugins/plugin-detail-page.tsx'
import { Hydrated } from '#components/shell/hydrated.tsx'
import { pluginQuery } from '#lib/browser/queries/plugins.ts'
import { segmentText } from '#lib/browser/paths.ts'
import { prefetch, subject } from '../../../../prefetch.ts'

interface Props {
  params: Promise<{ plugin: string }>
}

async function pluginOf({ params }: Props): Promise<string> {
  return segmentText((await params).plugin)
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: await pluginOf(props) }
}

export default async function PluginPage(props: Props): Promise<ReactNode> {
  const plugin = await pluginOf(props)
  const prefetched = await prefetch(
    subject(pluginQuery(plugin), (services, context) => services.getPlugin(context, { plugin })),
  )
  return (
    <Hydrated {...prefetched}>
      <PluginDetailPage plugin={plugin} />
    </Hydrated>
  )
}
