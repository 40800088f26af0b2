'use client'
import type { ReactNode } from 'react'
import { ClusterLinks } from '#components/plugins/cluster-links.tsx'
import { RelativeTime } from '#components/shell/relative-time.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { StatusMark } from '#components/ui/status-mark.tsx'
import { Cell, ColumnHeader, RowHeader, Table, TableBody, TableHead } from '#components/ui/table.tsx'
import type { PackageVersionView, PackageView } from '#lib/contract/package.ts'
import { formatBytes } from '#lib/i18n/format.ts'
import type { Messages } from '#lib/i18n/messages/en.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import { VerificationWords } from './verification-words.tsx'
import { VersionActions } from './version-actions.tsx'

const SHA_LENGTH = 12

function isKnownReason(reason: string): reason is keyof Messages['packages']['recordReasons'] {
  return reason === 'NotPushed' || reason === 'Pushing' || reason === 'PushFailed'
}

function VersionState({ version }: { version: PackageVersionView }): ReactNode {
  const { packages } = useI18n().messages
  const { phase, readyForDeploy, reason, message } = version
  const { recordReasons } = packages
  // What this project writes has words of its own; the message of a failure is told besides.
  const known = isKnownReason(reason) ? recordReasons[reason] : null
  const told = reason === 'PushFailed' || known === null ? message : ''
  const why = [known ?? reason, told].filter((text) => text !== '').join(': ')
  const mark = readyForDeploy ? (
    <StatusMark tone="good" shape="check">
      {packages.ready}
    </StatusMark>
  ) : (
    <StatusMark tone="warn" shape="clock">
      {phase === '' || phase === 'Present' ? packages.notReady : phase}
    </StatusMark>
  )
  return (
    <>
      {mark}
      {why !== '' && <span className="block text-xs text-muted">{why}</span>}
    </>
  )
}

/** Everything known of a plugin's uploaded versions, newest first. */
export function PackageVersions({ item, name }: { item: PackageView; name: string }): ReactNode {
  const { language, messages } = useI18n()
  const { packages: texts, common } = messages
  const heads = texts.versionColumns
  return (
    <Table caption={texts.versionsCaption({ plugin: name })} minWidth="min-w-200">
      <TableHead>
        {Object.entries(heads).map(([key, head]) => (
          <ColumnHeader key={key}>{head}</ColumnHeader>
        ))}
      </TableHead>
      <TableBody>
        {item.versions.map((version) => (
          <tr key={version.version} className="h-9">
            <RowHeader className="font-mono">{version.version}</RowHeader>
            <Cell>
              <VersionState version={version} />
            </Cell>
            <Cell className="font-mono text-xs break-all">{version.source ?? '–'}</Cell>
            <Cell className="tabular whitespace-nowrap">
              {version.size === null ? '–' : formatBytes(language, version.size)}
            </Cell>
            <Cell>
              <RelativeTime iso={version.uploadedAt} />
              {version.uploadedBy !== null && (
                <span className="block text-xs text-muted">{texts.by({ user: version.uploadedBy })}</span>
              )}
            </Cell>
            <Cell>
              {version.sha256 === null ? (
                '–'
              ) : (
                <span className="inline-flex items-center whitespace-nowrap">
                  <span className="font-mono text-xs">{version.sha256.slice(0, SHA_LENGTH)}…</span>
                  <CopyButton text={version.sha256} label={texts.copySha} copiedLabel={common.copied} />
                </span>
              )}
              <span className="block max-w-72">
                <VerificationWords verification={version.verification} />
              </span>
            </Cell>
            <Cell>
              <ClusterLinks clusters={version.installedOn} none={texts.nowhere} />
            </Cell>
            <Cell>
              <VersionActions plugin={item.plugin} version={version} />
            </Cell>
          </tr>
        ))}
      </TableBody>
    </Table>
  )
}
