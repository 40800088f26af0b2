import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { GalleryPage } from '#components/gallery/gallery-page.tsx'
import { readEnvironment } from '#lib/server/environment.ts'
import { requestMessages } from '../../request-preferences.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await requestMessages()).gallery.title }
}

/** There only where the process was told so: it is for those who work on this console. */
export default function GalleryRoute(): ReactNode {
  if (!readEnvironment().gallery) notFound()
  return <GalleryPage />
}
