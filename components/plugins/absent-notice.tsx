'use client'
import type { ReactNode } from 'react'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PATHS } from '#lib/browser/paths.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

/** Of a plugin without a package: where to get one, and where it goes. */
export function AbsentNotice({ plugin }: { plugin: { name: string } }): ReactNode {
  const { plugins } = useMessages()
  const { title, text } = plugins.detail.absent
  return (
    <Notice
      title={title}
      action={
        <ButtonLink size="sm" href={`${PATHS.uploadPackages}?q=${encodeURIComponent(plugin.name)}`}>
          {plugins.uploadPackage}
        </ButtonLink>
      }
    >
      {text}
    </Notice>
  )
}
