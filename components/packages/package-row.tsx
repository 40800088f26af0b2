'use client'
import { clsx } from 'clsx'
import ChevronRight from 'lucide-react/icons/chevron-right'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import { useId, useState } from 'react'
import type { ReactNode } from 'react'
import { ClusterLinks } from '#components/plugins/cluster-links.tsx'
import { RelativeTime } from '#components/shell/relative-time.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'
import { LogoImage } from '#components/ui/logo-image.tsx'
import { StatusMark } from '#components/ui/status-mark.tsx'
import { Cell, Row, RowHeader } from '#components/ui/table.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { pluginPath } from '#lib/browser/paths.ts'
import type { PackageView } from '#lib/contract/package.ts'
import { compareClusterNames } from '#lib/kinds/cluster.ts'
import { pick } from '#lib/domain/local-text.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import { reasonLines } from '#lib/i18n/reason-text.ts'
import { PackageVersions } from './package-versions.tsx'

const SHOWN_VERSIONS = 3
export const COLUMN_COUNT = 5

function Versions({ item }: { item: PackageView }): ReactNode {
  const { packages: texts } = useI18n().messages
  if (item.absent)
    return (
      <>
        <StatusMark tone="neutral" shape="slash">
          {texts.absent}
        </StatusMark>
        <span className="block max-w-sm text-xs text-muted">{texts.absentText}</span>
      </>
    )
  const more = item.versions.length - SHOWN_VERSIONS
  return (
    <span className="flex flex-wrap gap-x-2">
      {item.versions.slice(0, SHOWN_VERSIONS).map(({ version }) => (
        <span key={version} className="font-mono text-xs">
          {version}
        </span>
      ))}
      {more > 0 && <span className="text-xs text-muted">{texts.moreVersions({ count: more })}</span>}
    </span>
  )
}

/** A plugin with its packages; opens to show everything about each version. */
export function PackageRow({ item }: { item: PackageView }): ReactNode {
  const { language, messages } = useI18n()
  const texts = messages.packages
  const [isOpen, setOpen] = useState(false)
  const detailId = useId()
  const name = pick(item.displayName, language) || item.plugin
  const installedOn = [...new Set(item.versions.flatMap((version) => version.installedOn))].sort(
    compareClusterNames,
  )
  const last = item.versions
    .map((version) => version.uploadedAt)
    .filter((iso) => iso !== null)
    .sort()
    .at(-1)
  return (
    <>
      <Row className="max-sm:grid max-sm:h-auto max-sm:grid-cols-[auto_1fr_auto] max-sm:items-center max-sm:py-1.5 max-sm:*:min-w-0">
        <Cell className="w-10">
          {item.versions.length > 0 && (
            <IconButton
              size="sm"
              label={isOpen ? texts.hideVersions({ plugin: name }) : texts.showVersions({ plugin: name })}
              icon={<ChevronRight className={clsx('transition-transform', isOpen && 'rotate-90')} />}
              aria-expanded={isOpen}
              aria-controls={detailId}
              onClick={() => {
                setOpen(!isOpen)
              }}
            />
          )}
        </Cell>
        <RowHeader className="max-sm:col-span-2">
          <span className="flex min-w-0 items-center gap-3">
            <LogoImage src={item.logo} name={item.plugin} />
            <span className="min-w-0">
              <span className="flex flex-wrap items-center gap-x-2">
                <TextLink href={pluginPath(item.plugin)} className="font-medium">
                  {name}
                </TextLink>
                {item.builtIn && <Badge>{texts.builtIn}</Badge>}
                {item.problems.length > 0 && (
                  <Badge tone="warn" icon={<TriangleAlert />} data-tip={reasonLines(messages, item.problems)}>
                    {messages.plugins.objectProblems}
                  </Badge>
                )}
              </span>
              {name !== item.plugin && (
                <span className="block font-mono text-xs break-all text-muted">{item.plugin}</span>
              )}
            </span>
          </span>
        </RowHeader>
        <Cell className="max-sm:col-span-2 max-sm:col-start-2">
          <Versions item={item} />
        </Cell>
        <Cell className="max-sm:col-start-2 max-sm:flex max-sm:flex-wrap max-sm:items-center max-sm:gap-x-2 max-sm:empty:hidden">
          {!item.absent && <span className="text-muted sm:hidden">{texts.columns.installedOn}</span>}
          {!item.absent && <ClusterLinks clusters={installedOn} none={texts.nowhere} />}
        </Cell>
        <Cell className="whitespace-nowrap text-muted max-sm:text-xs max-sm:empty:hidden">
          {!item.absent && <RelativeTime iso={last ?? null} />}
        </Cell>
      </Row>
      {isOpen && (
        <tr id={detailId} className="bg-sunken max-sm:block">
          <td colSpan={COLUMN_COUNT} className="p-3 max-sm:block">
            <PackageVersions item={item} name={name} />
          </td>
        </tr>
      )}
    </>
  )
}
