'use client'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { ReactNode } from 'react'
import { ProblemNotice } from '#components/shell/problem-notice.tsx'
import { Button } from '#components/ui/button.tsx'
import { FieldFrame } from '#components/ui/field-frame.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Spinner } from '#components/ui/spinner.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { apiSend } from '#lib/browser/api.ts'
import { API } from '#lib/browser/api-paths.ts'
import { pluginQuery } from '#lib/browser/queries/plugins.ts'
import type { UninstallRequest } from '#lib/contract/requests.ts'
import type { UninstallCheck } from '#lib/contract/uninstall-check.ts'
import { pick } from '#lib/domain/local-text.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import { reasonText } from '#lib/i18n/reason-text.ts'
import { ActionDialog } from './action-dialog.tsx'
import { announce } from './announce.ts'
import type { DialogProps } from './dialog-props.ts'
import { ReasonField } from './reason-field.tsx'
import { ReasonList } from './reason-list.tsx'
import { SubmissionError } from './submission-error.tsx'
import { useSubmission } from './use-submission.ts'

/** Removes an installation. A dry run tells first what that would meet; what is dangerous wants the name typed. */
export function UninstallDialog({ address, onClose }: DialogProps): ReactNode {
  const { plugin, cluster } = address
  const { language, messages } = useI18n()
  const texts = messages.installations
  const path = API.installation(cluster, plugin)
  const detail = useQuery(pluginQuery(plugin))
  const { isBusy, isDone, error, submit } = useSubmission()
  const check = useQuery({
    queryKey: ['plugins', 'uninstall-check', cluster, plugin],
    queryFn: () => apiSend<UninstallCheck>('DELETE', path, { dryRun: true } satisfies UninstallRequest),
    enabled: !isBusy && !isDone,
    gcTime: 0,
    staleTime: 0,
  })
  const [typed, setTyped] = useState('')
  const [reason, setReason] = useState('')
  const nameId = useId()

  const name = detail.data ? pick(detail.data.displayName, language) : plugin
  const risk = pick(check.data?.risk, language)
  const blockedBy = check.data?.blockedBy ?? []
  const neededBy = check.data?.neededBy ?? []
  const isDangerous = neededBy.length > 0 || risk !== ''
  const refusal = !check.data
    ? texts.checking
    : blockedBy.length > 0
      ? blockedBy.map((one) => reasonText(messages, one)).join('\n')
      : isDangerous && typed.trim() !== plugin
        ? texts.typeNameFirst({ name: plugin })
        : undefined

  const uninstall = () => {
    const body: UninstallRequest = {
      ...(neededBy.length > 0 && { ignoreDependents: true }),
      ...(reason !== '' && { reason }),
    }
    submit(
      () => apiSend('DELETE', path, body),
      () => {
        announce(messages, texts.toast.uninstall({ plugin: name, cluster }), plugin)
        onClose()
      },
    )
  }
  return (
    <ActionDialog
      title={texts.title.uninstall({ plugin: name })}
      description={texts.onCluster({ cluster, version: '' })}
      onClose={onClose}
      onSubmit={uninstall}
      submitLabel={texts.uninstall}
      isBusy={isBusy}
      isChanged={reason !== ''}
      refusal={refusal}
      isDanger
      firstFocus="cancel"
      alert={<SubmissionError error={error} />}
    >
      <p className="text-sm">{texts.uninstallText({ plugin: name, cluster })}</p>
      {check.error !== null && <ProblemNotice error={check.error} onRetry={() => void check.refetch()} />}
      {check.isPending && (
        <output className="flex items-center gap-2 text-sm text-muted">
          <Spinner />
          {texts.checking}
        </output>
      )}
      {blockedBy.length > 0 && (
        <Notice
          tone="bad"
          title={texts.blocks}
          action={
            <Button size="sm" busy={check.isFetching} onClick={() => void check.refetch()}>
              {texts.checkAgain}
            </Button>
          }
        >
          <ReasonList reasons={blockedBy} />
        </Notice>
      )}
      {risk !== '' && (
        <Notice tone="warn" title={texts.uninstallRisk}>
          <p className="whitespace-pre-line">{risk}</p>
        </Notice>
      )}
      {neededBy.length > 0 && (
        <Notice tone="warn" title={texts.neededBy}>
          <ReasonList reasons={neededBy} />
          <p>{texts.neededByText}</p>
        </Notice>
      )}
      {check.data && blockedBy.length === 0 && isDangerous && (
        <FieldFrame id={nameId} label={texts.typeName({ name: plugin })}>
          <TextField
            id={nameId}
            mono
            value={typed}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => {
              setTyped(event.target.value)
            }}
          />
        </FieldFrame>
      )}
      {check.data && blockedBy.length === 0 && <ReasonField value={reason} onChange={setReason} />}
    </ActionDialog>
  )
}
