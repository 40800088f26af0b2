import type { ReactNode } from 'react'
import { PageSkeleton } from '#components/shell/page-skeleton.tsx'

export default function Loading(): ReactNode {
  return <PageSkeleton rows={10} />
}
