'use client'
import CircleArrowUp from 'lucide-react/icons/circle-arrow-up'
import type { ReactNode } from 'react'
import { clusterPath } from '#lib/browser/paths.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { SoftLink } from '#components/ui/soft-link.tsx'

/** The upgrade icon: how many plugins of a cluster can be upgraded, leading to its Features. */
export function UpgradableLink({ cluster, count }: { cluster: string; count: number }): ReactNode {
  const { clusters } = useMessages()
  if (count === 0) return null
  return (
    <SoftLink
      href={clusterPath(cluster, 'features')}
      aria-label={clusters.upgradableOn({ count, cluster })}
      data-tip={clusters.upgradable({ count })}
      data-tip-is-label=""
      className="inline-flex h-6 items-center gap-1 rounded-full bg-accent-soft px-2 text-xs font-medium text-accent hover:bg-active"
    >
      <CircleArrowUp aria-hidden className="size-3.5" />
      <span className="tabular">{count}</span>
    </SoftLink>
  )
}
