import type { ReactNode } from 'react'
import { NotFoundPage } from '#components/shell/not-found-page.tsx'

export default function NotFound(): ReactNode {
  return <NotFoundPage />
}
