'use client'
import dynamic from 'next/dynamic'
import { Skeleton } from '#components/ui/skeleton.tsx'

/** The YAML view; its code comes when it is first shown. */
export const LazyYamlView = dynamic(() => import('./yaml-view.tsx').then((module) => module.YamlView), {
  ssr: false,
  loading: () => <Skeleton className="h-40 w-full" />,
})
