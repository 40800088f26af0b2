import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { InspectionPage } from '#components/packages/inspection/inspection-page.tsx'
import { Hydrated } from '#components/shell/hydrated.tsx'
import { segmentText } from '#lib/browser/paths.ts'
import { uploadQuery } from '#lib/browser/queries/uploads.ts'
import { prefetch, subject } from '../../../../prefetch.ts'
import { requestMessages } from '../../../../request-preferences.ts'

interface Props {
  params: Promise<{ upload: string }>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await requestMessages()).packages.inspect }
}

export default async function UploadPage({ params }: Props): Promise<ReactNode> {
  const upload = segmentText((await params).upload)
  const prefetched = await prefetch(
    subject(uploadQuery(upload), (services, context) => services.getUpload(context, { upload })),
  )
  return (
    <Hydrated {...prefetched}>
      <InspectionPage upload={upload} />
    </Hydrated>
  )
}
