'use client'
import { useId, useMemo, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import type { FormHandle } from '#components/form/dynamic-form.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { FieldFrame, fieldIds } from '#components/ui/field-frame.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Select } from '#components/ui/select.tsx'
import { apiSend } from '#lib/browser/api.ts'
import { API } from '#lib/browser/api-paths.ts'
import { ProblemError } from '#lib/browser/problem-error.ts'
import type { ChangeRequest } from '#lib/contract/requests.ts'
import { pick } from '#lib/domain/local-text.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import { reasonText } from '#lib/i18n/reason-text.ts'
import { ActionDialog } from './action-dialog.tsx'
import { announce } from './announce.ts'
import { ChangedNotice } from './changed-notice.tsx'
import type { DialogProps } from './dialog-props.ts'
import { LoadingInstallation } from './loading-installation.tsx'
import { ReasonField } from './reason-field.tsx'
import { ReasonList } from './reason-list.tsx'
import { refusedValues } from './refused-values.ts'
import { riskText } from './risk-text.ts'
import { SubmissionError } from './submission-error.tsx'
import { UpgradeParameters } from './upgrade-parameters.tsx'
import { UpgradeRisk } from './upgrade-risk.tsx'
import { useInstallation } from './use-installation.ts'
import { useSubmission } from './use-submission.ts'
import { useUpgradeDraft } from './use-upgrade-draft.ts'

/** Moves an installation to a newer version; what its user set is kept, and everything else is said. */
export function UpgradeDialog({ address, onClose }: DialogProps): ReactNode {
  const { plugin, cluster } = address
  const { language, messages } = useI18n()
  const texts = messages.installations
  const state = useInstallation(plugin, cluster)
  const { detail, shown } = state
  const [picked, setPicked] = useState(address.version)
  const [reason, setReason] = useState('')
  /** The version that is wanted although it breaks others; another version asks again. */
  const [accepted, setAccepted] = useState<string | null>(null)
  const { isBusy, error, submit, clear } = useSubmission()
  const versionId = useId()

  const upgrades = shown?.upgrades ?? []
  const version = picked ?? shown?.upgrade?.version ?? upgrades[0]?.version ?? null
  const upgrade = upgrades.find((one) => one.version === version)
  const breaks = upgrade?.breaks ?? []
  const action = shown?.actions.upgrade
  const reasons = upgrade?.blockedBy ?? (action?.allowed === false ? action.reasons : [])
  const isPossible = upgrade !== undefined && reasons.length === 0
  const form = useRef<FormHandle>(null)
  const draft = useUpgradeDraft(state, isPossible ? upgrade.version : undefined, form)
  const refused = useMemo(
    () => (error instanceof ProblemError ? refusedValues(error.problem).values : []),
    [error],
  )
  const isConflict = error instanceof ProblemError && error.problem.code === 'conflict'
  const name = detail ? pick(detail.displayName, language) : plugin
  const refusal =
    shown === undefined
      ? texts.loading
      : reasons.length > 0
        ? reasons.map((one) => reasonText(messages, one)).join('\n')
        : upgrade === undefined
          ? texts.cannotUpgrade
          : state.hasChanged
            ? texts.hasChanged
            : draft.isReading
              ? texts.formLoading
              : breaks.length > 0 && accepted !== version
                ? texts.acceptFirst
                : undefined

  const start = () => {
    if (upgrade === undefined || !draft.check()) return
    const body: ChangeRequest = {
      version: upgrade.version,
      ...(draft.sent !== undefined && { config: draft.sent }),
      resourceVersion: state.resourceVersion,
      ...(breaks.length > 0 && { ignoreDependents: true }),
      ...(reason !== '' && { reason }),
    }
    submit(
      () => apiSend('PATCH', API.installation(cluster, plugin), body),
      () => {
        announce(messages, texts.toast.upgrade({ plugin: name, version: upgrade.version }), plugin)
        onClose()
      },
    )
  }
  const pickVersion = (next: string) => {
    clear()
    setPicked(next)
  }
  const showNow = () => {
    clear()
    setPicked(undefined)
    void state.showNow()
  }
  return (
    <ActionDialog
      title={texts.title.upgrade({ plugin: name })}
      description={texts.onCluster({ cluster, version: shown?.installedVersion ?? '' })}
      onClose={onClose}
      onSubmit={start}
      submitLabel={texts.upgrade}
      isBusy={isBusy}
      isChanged={reason !== '' || draft.hasChanges}
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
      {upgrades.length > 0 && (
        <FieldFrame id={versionId} label={texts.upgradeTo} isGroup>
          <Select
            id={versionId}
            value={version}
            onChange={pickVersion}
            options={upgrades.map((one) => ({
              value: one.version,
              label: <span className="font-mono">{one.version}</span>,
              hint:
                one.blockedBy.length === 0
                  ? riskText(messages, one.riskLevel)
                  : `${texts.blockedShort}: ${one.blockedBy.map((why) => reasonText(messages, why)).join(' ')}`,
            }))}
            aria-labelledby={fieldIds(versionId).label}
            className="sm:max-w-72"
          />
        </FieldFrame>
      )}
      {shown !== undefined && reasons.length > 0 && (
        <Notice tone="warn" title={version === null ? texts.cannotUpgrade : texts.blocked({ version })}>
          <ReasonList reasons={reasons} />
        </Notice>
      )}
      {upgrade !== undefined && <UpgradeRisk upgrade={upgrade} />}
      {isPossible && shown !== undefined && (
        <>
          {breaks.length > 0 && (
            <Notice tone="warn" title={texts.breaks({ version: upgrade.version })}>
              <ReasonList reasons={breaks} />
              <p>{texts.neededByText}</p>
              <Checkbox
                className="mt-2"
                checked={accepted === version}
                onChange={(isAccepted) => {
                  setAccepted(isAccepted ? version : null)
                }}
                label={texts.upgradeAnyway}
              />
            </Notice>
          )}
          <UpgradeParameters
            draft={draft}
            form={form}
            own={shown.config}
            cluster={cluster}
            version={upgrade.version}
            refused={refused}
          />
          <ReasonField value={reason} onChange={setReason} />
        </>
      )}
    </ActionDialog>
  )
}
