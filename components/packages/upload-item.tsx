'use client'
import type { ReactNode } from 'react'
import { ProblemNotice } from '#components/shell/problem-notice.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { StatusMark } from '#components/ui/status-mark.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { pluginPath } from '#lib/browser/paths.ts'
import { ProblemError } from '#lib/browser/problem-error.ts'
import type { UploadView } from '#lib/contract/upload.ts'
import { formatBytes } from '#lib/i18n/format.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import type { Messages } from '#lib/i18n/messages/en.ts'
import { UploadActions } from './upload-actions.tsx'
import { UPLOAD_LOOK } from './upload-look.ts'
import { UploadProgress } from './upload-progress.tsx'
import type { UploadRow } from './upload-rows.ts'
import { UploadSteps } from './upload-steps.tsx'
import { UploadWarnings } from './upload-warnings.tsx'
import { VerificationWords } from './verification-words.tsx'
import { useUploadActions } from './use-upload-actions.ts'

function stateText({ state, view, local }: UploadRow, texts: Messages['packages']): string {
  if (state === 'published' && view?.changed === false) return texts.state.unchanged
  return state === 'broken' && local?.error instanceof ProblemError ? texts.state.held : texts.state[state]
}

function Fault({ row, limit }: { row: UploadRow; limit: string }): ReactNode {
  const { packages: texts } = useI18n().messages
  const { fault = null, error = null } = row.local ?? {}
  if (fault !== null) {
    const words = {
      'not-package': texts.notPackage,
      stray: texts.strayFile,
      empty: texts.emptyFile,
      'too-large': texts.tooLarge({ limit }),
    }
    return <p className="text-sm text-bad">{words[fault]}</p>
  }
  return error !== null && (row.state === 'failed' || row.state === 'broken') ? (
    <ProblemNotice error={error} />
  ) : null
}

function Sidecars({ row }: { row: UploadRow }): ReactNode {
  const { packages: texts } = useI18n().messages
  const { checksum = null, signature = null } = row.local?.chosen ?? {}
  const words = [
    ...(checksum === null ? [] : [texts.withChecksum]),
    ...(signature === null ? [] : [texts.withSignature]),
  ]
  return words.length === 0 ? null : <span className="font-sans text-xs text-muted"> {words.join(', ')}</span>
}

/** All steps and what is odd; in brief, what was found, and the rest for who asks for it. */
function Details({ row, view, isBrief }: { row: UploadRow; view: UploadView; isBrief: boolean }): ReactNode {
  const { packages: texts } = useI18n().messages
  const { steps, plugin, version, verification, warnings } = view
  const all = (
    <>
      {row.state !== 'cancelled' && steps.some((step) => step.state !== 'pending') && (
        <UploadSteps steps={steps} file={row.fileName} />
      )}
      <UploadWarnings warnings={warnings} />
    </>
  )
  if (!isBrief || (row.state !== 'inspected' && row.state !== 'published')) return all
  return (
    <div className="text-sm">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span className="font-mono text-xs break-all text-muted">
          {plugin} {version}
        </span>
        <VerificationWords verification={verification} />
      </p>
      <Disclosure
        summary={
          <span className="text-xs font-normal text-muted">{texts.details({ count: warnings.length })}</span>
        }
      >
        {() => <div className="grid gap-2">{all}</div>}
      </Disclosure>
    </div>
  )
}

interface UploadItemProps {
  row: UploadRow
  /** Bytes that a package has at most; null while nobody knows. */
  maxBytes: number | null
  /** One of many. */
  isBrief: boolean
}

/** One upload: how far it is, what the console says, and what can be done. */
export function UploadItem({ row, maxBytes, isBrief }: UploadItemProps): ReactNode {
  const { language, messages } = useI18n()
  const texts = messages.packages
  const actions = useUploadActions(row.view?.id ?? '')
  const { view, state, size, fileName } = row
  const failed = actions.publish.error ?? actions.discard.error ?? actions.readAgain.error
  const bytes = (count: number) => formatBytes(language, count)
  return (
    <li className="grid gap-2 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0 flex-1 basis-40 font-mono text-sm break-all">
          <span>{fileName}</span>
          <Sidecars row={row} />
        </span>
        <span className="ml-auto flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
          <StatusMark {...UPLOAD_LOOK[state]}>{stateText(row, texts)}</StatusMark>
          <UploadActions row={row} actions={actions} />
        </span>
      </div>
      <UploadProgress row={row} />
      {state === 'interrupted' && view !== null && (
        <p className="text-sm text-muted">
          {texts.interruptedText({ received: bytes(view.received), total: bytes(size) })}
        </p>
      )}
      {view !== null && <Details row={row} view={view} isBrief={isBrief} />}
      <Fault row={row} limit={maxBytes === null ? '' : bytes(maxBytes)} />
      {failed !== null && <ProblemNotice error={failed} />}
      {state === 'published' && view?.plugin != null && (
        <p className="text-sm">
          <TextLink href={pluginPath(view.plugin)}>
            {texts.showPlugin({ plugin: view.plugin, version: view.version ?? '' })}
          </TextLink>
        </p>
      )}
    </li>
  )
}
