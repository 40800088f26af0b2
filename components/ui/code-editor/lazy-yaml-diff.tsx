'use client'
import dynamic from 'next/dynamic'
import { Skeleton } from '../skeleton.tsx'

/** The comparison of two YAML texts; its code comes when one is first shown. */
export const LazyYamlDiff = dynamic(() => import('./yaml-diff.tsx').then((module) => module.YamlDiff), {
  ssr: false,
  loading: () => <Skeleton className="h-40 w-full" />,
})
