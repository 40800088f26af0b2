'use client'
import dynamic from 'next/dynamic'
import { Skeleton } from '#components/ui/skeleton.tsx'

/** The widget for any JSON; its code, a YAML parser above all, comes with the first form that has one. */
export const LazyDataWidget = dynamic(() => import('./data-widget.tsx').then((module) => module.DataWidget), {
  ssr: false,
  loading: () => <Skeleton className="h-24 w-full" />,
})
