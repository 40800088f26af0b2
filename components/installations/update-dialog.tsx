'use client'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import type { FormHandle } from '#components/form/dynamic-form.tsx'
import { ProblemNotice } from '#components/shell/problem-notice.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { apiSend } from '#lib/browser/api.ts'
import { API } from '#lib/browser/api-paths.ts'
import { ProblemError } from '#lib/browser/problem-error.ts'
import { versionFormQuery } from '#lib/browser/queries/plugins.ts'
import type { ChangeRequest } from '#lib/contract/requests.ts'
import { effectiveConfig } from '#lib/domain/effective-config.ts'
import { formSourceOf } from '#lib/domain/form/form-purpose.ts'
import { pick } from '#lib/domain/local-text.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import { reasonText } from '#lib/i18n/reason-text.ts'
import { ActionDialog } from './action-dialog.tsx'
import { announce } from './announce.ts'
import { ChangedNotice } from './changed-notice.tsx'
import type { DialogProps } from './dialog-props.ts'
import { FormPane } from './form-pane.tsx'
import { LoadingInstallation } from './loading-installation.tsx'
import { ReasonField } from './reason-field.tsx'
import { ReasonList } from './reason-list.tsx'
import { refusedValues } from './refused-values.ts'
import { SubmissionError } from './submission-error.tsx'
import { useConfigDraft } from './use-config-draft.ts'
import { useInstallation } from './use-installation.ts'
import { useSubmission } from './use-submission.ts'
import { useValuesOverride } from './use-values-override.ts'
import { ValuesField } from './values-field.tsx'

/** Changes an installation's parameters; the version stays. */
export function UpdateDialog({ address, onClose }: DialogProps): ReactNode {
  const { plugin, cluster } = address
  const { language, messages } = useI18n()
  const texts = messages.installations
  const state = useInstallation(plugin, cluster)
  const { detail, shown } = state
  const version = shown?.targetVersion ?? ''
  const parts = useQuery({ ...versionFormQuery(plugin, version), enabled: version !== '' })
  const [reason, setReason] = useState('')
  const { isBusy, error, submit, clear } = useSubmission()
  const handle = useRef<FormHandle>(null)
  const own = shown?.config
  const form = useMemo(() => {
    if (parts.data === undefined) return null
    const base = effectiveConfig(parts.data.config, own === undefined ? {} : { config: own })
    return { source: formSourceOf('update', parts.data, base), base }
  }, [parts.data, own])
  const draft = useConfigDraft(form?.source ?? null, form?.base ?? null)
  const override = useValuesOverride(shown?.valuesOverride)
  const refused = useMemo(
    () => (error instanceof ProblemError ? refusedValues(error.problem).values : []),
    [error],
  )
  const isConflict = error instanceof ProblemError && error.problem.code === 'conflict'
  const name = detail ? pick(detail.displayName, language) : plugin
  const action = shown?.actions.update
  const reasons = action?.allowed === false ? action.reasons : []
  const refusal =
    reasons.length > 0
      ? reasons.map((one) => reasonText(messages, one)).join('\n')
      : draft === null || draft.report === null
        ? texts.formLoading
        : state.hasChanged
          ? texts.hasChanged
          : override.isBroken
            ? messages.yamlEditor.values.broken
            : draft.isUnchanged &&
                override.sent === undefined &&
                (draft.side === 'yaml' || draft.report.wrong === 0)
              ? texts.nothingChanged
              : undefined

  const update = () => {
    if (handle.current?.check() !== true || draft === null || draft.config === null) return
    const body: ChangeRequest = {
      ...(!draft.isUnchanged && { config: draft.config }),
      ...(override.sent !== undefined && { valuesOverride: override.sent }),
      resourceVersion: state.resourceVersion,
      ...(reason !== '' && { reason }),
    }
    submit(
      () => apiSend('PATCH', API.installation(cluster, plugin), body),
      () => {
        announce(messages, texts.toast.update({ plugin: name, cluster }), plugin)
        onClose()
      },
    )
  }
  const showNow = () => {
    clear()
    void state.showNow()
  }
  return (
    <ActionDialog
      title={texts.title.update({ plugin: name })}
      description={texts.onCluster({ cluster, version })}
      onClose={onClose}
      onSubmit={update}
      submitLabel={texts.update}
      isBusy={isBusy}
      isChanged={
        reason !== '' || override.isBroken || override.sent !== undefined || draft?.hasChanges === true
      }
      refusal={refusal}
      size="lg"
      alert={
        state.hasChanged || isConflict ? (
          <ChangedNotice onShow={showNow} />
        ) : (
          <SubmissionError error={error} />
        )
      }
    >
      <LoadingInstallation state={state} cluster={cluster} />
      {reasons.length > 0 && (
        <Notice tone="warn" title={messages.common.notAllowed}>
          <ReasonList reasons={reasons} />
        </Notice>
      )}
      {parts.error !== null && <ProblemNotice error={parts.error} onRetry={() => void parts.refetch()} />}
      {form !== null && draft !== null && shown !== undefined && (
        <>
          <FormPane
            key={version}
            ref={handle}
            draft={draft}
            cluster={cluster}
            current={form.base}
            refused={refused}
            about={messages.yamlEditor.pane.about}
          />
          <ValuesField draft={override} />
          <ReasonField value={reason} onChange={setReason} />
        </>
      )}
    </ActionDialog>
  )
}
