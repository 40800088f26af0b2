'use client'
import type { ReactNode } from 'react'
import { ShowAll } from '#components/ui/show-all.tsx'
import { Section } from '#components/ui/section.tsx'
import { Cell, ColumnHeader, Row, RowHeader, Table, TableBody, TableHead } from '#components/ui/table.tsx'
import type { PackageContentsView } from '#lib/contract/upload.ts'
import { formatBytes } from '#lib/i18n/format.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'

const MOST = 12

/** Charts and images, with where they run. */
export function ArtifactsTable({ artifacts }: Pick<PackageContentsView, 'artifacts'>): ReactNode {
  const { language, messages } = useI18n()
  const { inspection } = messages.packages
  return (
    <ShowAll items={artifacts} most={MOST} label={(count) => inspection.showAll({ count })}>
      {(shown) => (
        <Table caption={inspection.artifacts}>
          <TableHead>
            <ColumnHeader>{inspection.artifact}</ColumnHeader>
            <ColumnHeader>{inspection.kind}</ColumnHeader>
            <ColumnHeader>{inspection.platforms}</ColumnHeader>
            <ColumnHeader>{inspection.size}</ColumnHeader>
          </TableHead>
          <TableBody>
            {shown.map(({ repository, tag, type, platforms, bytes }) => (
              <Row key={`${repository}:${tag}`}>
                <RowHeader className="font-mono text-xs break-all">{`${repository}:${tag}`}</RowHeader>
                <Cell>{inspection.artifactKinds[type]}</Cell>
                <Cell>{platforms.length === 0 ? '–' : platforms.join(', ')}</Cell>
                <Cell className="tabular whitespace-nowrap">
                  {type === 'absent' ? '–' : formatBytes(language, bytes)}
                </Cell>
              </Row>
            ))}
          </TableBody>
        </Table>
      )}
    </ShowAll>
  )
}

/** Images that a chart lists. */
export function ImagesTable({ images }: Pick<PackageContentsView, 'images'>): ReactNode {
  const { inspection } = useI18n().messages.packages
  const words = (arm: boolean | null) => (arm === null ? 'unknown' : arm ? 'yes' : 'no')
  return (
    <ShowAll items={images} most={MOST} label={(count) => inspection.showAll({ count })}>
      {(shown) => (
        <Table caption={inspection.images} minWidth="min-w-80">
          <TableHead>
            <ColumnHeader>{inspection.image}</ColumnHeader>
            <ColumnHeader>{inspection.arm}</ColumnHeader>
          </TableHead>
          <TableBody>
            {shown.map(({ name, repository, tag, supportsArm }) => (
              <Row key={name}>
                <RowHeader className="font-mono text-xs break-all">{`${repository}:${tag}`}</RowHeader>
                <Cell>{inspection.armWords[words(supportsArm)]}</Cell>
              </Row>
            ))}
          </TableBody>
        </Table>
      )}
    </ShowAll>
  )
}

/** Charts and images in the package, and the images that its chart lists. */
export function ArtifactsSection({ contents }: { contents: PackageContentsView }): ReactNode {
  const { inspection } = useI18n().messages.packages
  const { artifacts, images } = contents
  return (
    <>
      {artifacts.length > 0 && (
        <Section title={inspection.artifacts}>
          <ArtifactsTable artifacts={artifacts} />
        </Section>
      )}
      {images.length > 0 && (
        <Section title={inspection.images}>
          <ImagesTable images={images} />
        </Section>
      )}
    </>
  )
}
