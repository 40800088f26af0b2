import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { AboutPage } from '#components/about/about-page.tsx'
import { Hydrated } from '#components/shell/hydrated.tsx'
import { aboutQuery } from '#lib/browser/queries/about.ts'
import { prefetch, wanted } from '../../prefetch.ts'
import { requestMessages } from '../../request-preferences.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await requestMessages()).about.title }
}

export default async function AboutRoute(): Promise<ReactNode> {
  const prefetched = await prefetch(wanted(aboutQuery, (services, context) => services.getAbout(context)))
  return (
    <Hydrated {...prefetched}>
      <AboutPage />
    </Hydrated>
  )
}
