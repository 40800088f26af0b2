'use client'
import MapPinOff from 'lucide-react/icons/map-pin-off'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PATHS, segmentText } from '#lib/browser/paths.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

/** Says what is not there, by the address, and leads back to where such things are listed. */
export function NotFoundPage(): ReactNode {
  const { shell } = useMessages()
  const { errors } = shell
  const pathname = usePathname()
  const under = (path: string) =>
    pathname.startsWith(`${path}/`) ? segmentText(pathname.slice(path.length + 1)) : null
  const plugin = under(PATHS.clusterPlugins)
  const cluster = under(PATHS.clusters)
  const title =
    plugin !== null
      ? errors.pluginNotFound({ plugin })
      : cluster !== null
        ? errors.clusterNotFound({ cluster })
        : errors.notFoundTitle
  return (
    <>
      <h1 className="sr-only">{title}</h1>
      <EmptyState
        icon={<MapPinOff />}
        title={title}
        text={errors.notFoundText}
        action={
          cluster === null ? (
            <ButtonLink href={PATHS.clusterPlugins}>{errors.home}</ButtonLink>
          ) : (
            <ButtonLink href={PATHS.clusters}>{errors.toClusters}</ButtonLink>
          )
        }
      />
    </>
  )
}
