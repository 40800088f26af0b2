'use client'
import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { writeYaml } from '#lib/domain/form/yaml-writing.ts'
import { CodeBlock } from '#components/ui/code-block.tsx'
import type { FormSource } from '#lib/domain/form/compile-form.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { GalleryForm } from './gallery-form.tsx'
import type { GalleryRow } from './gallery-row.ts'

/** A row: how it is written, what becomes of it, and the value. */
export function GalleryRowView({ row }: { row: GalleryRow }): ReactNode {
  const { gallery, common } = useMessages()
  const { id, title, shows, descriptors, fixedDescriptors, config, sizeSettings } = row
  const source = useMemo<FormSource>(
    () => ({
      config,
      descriptors,
      ...(fixedDescriptors && { fixedDescriptors }),
      ...(sizeSettings && { sizeSettings }),
    }),
    [config, descriptors, fixedDescriptors, sizeSettings],
  )
  const hasDescriptors = descriptors.length > 0
  return (
    <section
      id={`row-${id}`}
      aria-label={title}
      data-shows={shows.join(' ')}
      className="grid scroll-mt-16 grid-cols-1 gap-3 rounded-md border bg-surface p-4"
    >
      <h2 className="font-mono text-sm font-semibold break-words">{title}</h2>
      <div>
        <p className="mb-1 text-xs text-muted">
          {hasDescriptors ? gallery.descriptors : gallery.withoutDescriptors}
        </p>
        <CodeBlock
          text={writeYaml(hasDescriptors ? [...descriptors, ...(fixedDescriptors ?? [])] : config).trimEnd()}
          label={`${gallery.descriptors}: ${title}`}
          copyLabel={common.copy}
          copiedLabel={common.copied}
          className="max-h-56"
        />
      </div>
      <GalleryForm source={source} name={title} />
    </section>
  )
}
