'use client'
import dynamic from 'next/dynamic'
import type { ReactNode } from 'react'
import { PageHeader } from '#components/shell/page-header.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

const GalleryBody = dynamic(() => import('./gallery-body.tsx').then((module) => module.GalleryBody), {
  ssr: false,
  loading: () => <Skeleton className="h-96 w-full" />,
})

/** The form language, shown: for those who work on this console. */
export function GalleryPage(): ReactNode {
  const { gallery } = useMessages()
  return (
    <>
      <PageHeader crumbs={[{ label: gallery.title }]} title={gallery.title} intro={gallery.intro} />
      <GalleryBody />
    </>
  )
}
