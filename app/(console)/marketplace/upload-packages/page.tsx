import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { packageQueryOf, parsePackageList } from '#components/packages/package-list-state.ts'
import { UploadPackages } from '#components/packages/upload-packages.tsx'
import { Hydrated } from '#components/shell/hydrated.tsx'
import { packagesQuery } from '#lib/browser/queries/packages.ts'
import { uploadsQuery } from '#lib/browser/queries/uploads.ts'
import { prefetch, wanted } from '../../../prefetch.ts'
import { requestMessages } from '../../../request-preferences.ts'
import { searchParametersOf } from '../../../search-parameters.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await requestMessages()).shell.uploadPackages }
}

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function UploadPackagesPage(props: Props): Promise<ReactNode> {
  const query = packageQueryOf(parsePackageList(searchParametersOf(await props.searchParams)))
  const prefetched = await prefetch(
    wanted(packagesQuery(query), (services, context) => services.listPackages(context, query)),
    wanted(uploadsQuery, (services, context) => services.listUploads(context)),
  )
  return (
    <Hydrated {...prefetched}>
      <UploadPackages />
    </Hydrated>
  )
}
