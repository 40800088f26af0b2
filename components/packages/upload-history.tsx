'use client'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { RelativeTime } from '#components/shell/relative-time.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { Pagination } from '#components/ui/pagination.tsx'
import { StatusMark } from '#components/ui/status-mark.tsx'
import { Cell, ColumnHeader, Row, RowHeader, Table, TableBody, TableHead } from '#components/ui/table.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { pluginPath } from '#lib/browser/paths.ts'
import { isEnded } from '#lib/contract/upload.ts'
import type { UploadView } from '#lib/contract/upload.ts'
import { formatBytes } from '#lib/i18n/format.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import { UPLOAD_LOOK } from './upload-look.ts'
import { shownState } from './upload-rows.ts'
import { stepText } from './upload-steps.tsx'
import { VerificationWords } from './verification-words.tsx'

const PAGE_SIZE = 20

function Outcome({ upload }: { upload: UploadView }): ReactNode {
  const { language, messages } = useI18n()
  const { state, changed, steps } = upload
  const texts = messages.packages.state
  const failed = steps.find((step) => step.state === 'failed')
  return (
    <>
      <StatusMark {...UPLOAD_LOOK[shownState(upload)]}>
        {state === 'published' && changed === false ? texts.unchanged : texts[shownState(upload)]}
      </StatusMark>
      {state === 'refused' && failed !== undefined && (
        <span className="block text-xs break-words text-muted">{stepText(failed, messages, language)}</span>
      )}
    </>
  )
}

function HistoryRow({ upload }: { upload: UploadView }): ReactNode {
  const { language } = useI18n()
  const { fileName, plugin, version, size, by, endedAt, verification } = upload
  return (
    <Row>
      <RowHeader className="font-mono text-xs break-all">
        <span className="block min-w-40">{fileName}</span>
      </RowHeader>
      <Cell>
        {plugin === null ? (
          '–'
        ) : (
          <>
            <TextLink href={pluginPath(plugin)}>{plugin}</TextLink>{' '}
            <span className="font-mono text-xs">{version}</span>
          </>
        )}
      </Cell>
      <Cell>
        <Outcome upload={upload} />
        <VerificationWords verification={verification} />
      </Cell>
      <Cell className="tabular whitespace-nowrap">{formatBytes(language, size)}</Cell>
      <Cell>
        <span className="block min-w-28 wrap-anywhere">{by}</span>
      </Cell>
      <Cell className="whitespace-nowrap">
        <RelativeTime iso={endedAt} />
      </Cell>
    </Row>
  )
}

/** What became of earlier uploads, everybody's. */
export function UploadHistory({ uploads }: { uploads: readonly UploadView[] }): ReactNode {
  const { packages: texts, plugins } = useI18n().messages
  const [asked, setPage] = useState(1)
  const ended = uploads.filter(({ state }) => isEnded(state))
  if (ended.length === 0) return null
  const pageCount = Math.ceil(ended.length / PAGE_SIZE)
  const page = Math.min(asked, pageCount)
  return (
    <Disclosure summary={texts.history}>
      {() => (
        <>
          <Table caption={texts.historyCaption} minWidth="min-w-200">
            <TableHead>
              {Object.entries(texts.historyColumns).map(([key, head]) => (
                <ColumnHeader key={key}>{head}</ColumnHeader>
              ))}
            </TableHead>
            <TableBody>
              {ended.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE).map((upload) => (
                <HistoryRow key={upload.id} upload={upload} />
              ))}
            </TableBody>
          </Table>
          {pageCount > 1 && (
            <div className="mt-3 flex justify-end">
              <Pagination
                page={page}
                pageCount={pageCount}
                onPage={setPage}
                label={plugins.pagination.label}
                previousLabel={plugins.pagination.previous}
                nextLabel={plugins.pagination.next}
              />
            </div>
          )}
        </>
      )}
    </Disclosure>
  )
}
