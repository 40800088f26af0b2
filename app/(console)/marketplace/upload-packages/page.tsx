import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { UploadPackages } from '#components/packages/upload-packages.tsx'
import { Hydrated } from '#components/shell/hydrated.tsx'
import { packagesQuery } from '#lib/browser/queries/packages.ts'
import { uploadsQuery } from '#lib/browser/queries/uploads.ts'
import { prefetch, wanted } from '../../../prefetch.ts'
import { requestMessages } from '../../../request-preferences.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await requestMessages()).shell.uploadPackages }
}

export default async function UploadPackagesPage(): Promise<ReactNode> {
  const prefetched = await prefetch(
    wanted(packagesQuery, (services, context) => services.listPackages(context)),
    wanted(uploadsQuery, (services, context) => services.listUploads(context)),
  )
  return (
    <Hydrated {...prefetched}>
      <UploadPackages />
    </Hydrated>
  )
}
