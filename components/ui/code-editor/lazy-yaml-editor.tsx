'use client'
import dynamic from 'next/dynamic'
import { Skeleton } from '../skeleton.tsx'

/** The YAML editor; its code comes when one is first shown. */
export const LazyYamlEditor = dynamic(() => import('./yaml-editor.tsx').then((module) => module.YamlEditor), {
  ssr: false,
  loading: () => <Skeleton className="h-40 w-full" />,
})
