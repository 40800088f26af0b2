'use client'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import type { FormHandle } from '#components/form/dynamic-form.tsx'
import { ProblemNotice } from '#components/shell/problem-notice.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { apiSend } from '#lib/browser/api.ts'
import { API } from '#lib/browser/api-paths.ts'
import { ProblemError } from '#lib/browser/problem-error.ts'
import { clustersQuery } from '#lib/browser/queries/clusters.ts'
import { pluginQuery, versionFormQuery } from '#lib/browser/queries/plugins.ts'
import type { InstallRequest } from '#lib/contract/requests.ts'
import { effectiveConfig } from '#lib/domain/effective-config.ts'
import { formSourceOf } from '#lib/domain/form/form-purpose.ts'
import { pick } from '#lib/domain/local-text.ts'
import { buildModuleInfo } from '#lib/domain/module-info-object.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import { reasonText } from '#lib/i18n/reason-text.ts'
import type { JsonObject } from '#lib/kinds/object.ts'
import { ActionDialog } from './action-dialog.tsx'
import { announce } from './announce.ts'
import type { DialogProps } from './dialog-props.ts'
import { FormPane } from './form-pane.tsx'
import { firstVersion, onlyCluster, targetReasons } from './install-targets.ts'
import { LazyYamlView } from './lazy-yaml-view.tsx'
import { ReasonField } from './reason-field.tsx'
import { ReasonList } from './reason-list.tsx'
import { refusedValues } from './refused-values.ts'
import { SubmissionError } from './submission-error.tsx'
import { TargetFields } from './target-fields.tsx'
import { useConfigDraft } from './use-config-draft.ts'
import { useSubmission } from './use-submission.ts'
import { useValuesOverride } from './use-values-override.ts'
import { ValuesField } from './values-field.tsx'

/** Installs a plugin: where, which version, with which parameters. */
export function InstallDialog({ address, onClose }: DialogProps): ReactNode {
  const { plugin } = address
  const { language, messages } = useI18n()
  const texts = messages.installations
  const detail = useQuery(pluginQuery(plugin))
  const clusters = useQuery(clustersQuery)
  const [picked, setPicked] = useState<{ cluster?: string; version?: string }>({})
  const [reason, setReason] = useState('')
  const [isClusterAsked, setClusterAsked] = useState(false)
  const { isBusy, error, submit, clear } = useSubmission()
  const handle = useRef<FormHandle>(null)

  const named = address.cluster === '' && detail.data ? onlyCluster(detail.data) : address.cluster
  const cluster = picked.cluster ?? named
  const version = detail.data ? (picked.version ?? firstVersion(detail.data, cluster, address.version)) : null
  const view = detail.data?.versionDetails.find((one) => one.version === version)
  const hasForm = view?.hasParameters ?? false
  const parts = useQuery({ ...versionFormQuery(plugin, version ?? ''), enabled: hasForm && version !== null })
  const form = useMemo(() => {
    if (parts.data === undefined) return null
    return { source: formSourceOf('install', parts.data), base: effectiveConfig(parts.data.config, {}) }
  }, [parts.data])
  const draft = useConfigDraft(form?.source ?? null, form?.base ?? null)
  const override = useValuesOverride(undefined)
  const refused = useMemo(
    () => (error instanceof ProblemError ? refusedValues(error.problem).values : []),
    [error],
  )

  const name = detail.data ? pick(detail.data.displayName, language) : plugin
  const reasons = detail.data ? targetReasons(detail.data, view, cluster) : []
  const config = hasForm ? draft?.config : undefined
  const requestOf = (spoken: JsonObject | null | undefined): InstallRequest => ({
    cluster,
    plugin,
    version: version ?? '',
    ...(spoken !== undefined && spoken !== null && { config: spoken }),
    ...(override.sent !== undefined && { valuesOverride: override.sent }),
  })
  const refusal = !detail.data
    ? texts.loading
    : reasons.length > 0
      ? reasons.map((one) => reasonText(messages, one)).join('\n')
      : hasForm && (draft === null || draft.report === null)
        ? texts.formLoading
        : override.isBroken
          ? messages.yamlEditor.values.broken
          : undefined

  const install = () => {
    if (cluster === '') {
      setClusterAsked(true)
      return
    }
    if (hasForm && handle.current?.check() !== true) return
    const body = { ...requestOf(config), ...(reason !== '' && { reason }) }
    submit(
      () => apiSend('POST', API.installations, body),
      () => {
        announce(messages, texts.toast.install({ plugin: name, cluster }), plugin)
        onClose()
      },
    )
  }
  const pickTarget = (next: { cluster?: string; version?: string }) => {
    clear()
    setPicked({ ...picked, ...next })
  }
  const created = (
    <>
      <p>{texts.willBeCreated}</p>
      <p>{texts.annotationsAdded}</p>
    </>
  )
  return (
    <ActionDialog
      title={texts.title.install({ plugin: name })}
      description={detail.data ? pick(detail.data.description, language) : undefined}
      onClose={onClose}
      onSubmit={install}
      submitLabel={texts.install}
      isBusy={isBusy}
      isChanged={
        reason !== '' ||
        override.isBroken ||
        override.sent !== undefined ||
        (hasForm && draft?.hasChanges === true)
      }
      refusal={refusal}
      size="lg"
      alert={<SubmissionError error={error} />}
      firstFocus={detail.data && !hasForm && cluster !== '' ? 'submit' : undefined}
    >
      {detail.error !== null && <ProblemNotice error={detail.error} onRetry={() => void detail.refetch()} />}
      {detail.data ? (
        <TargetFields
          detail={detail.data}
          clusters={clusters.data?.items ?? []}
          cluster={cluster}
          version={version}
          isClusterAsked={isClusterAsked && cluster === ''}
          onPick={pickTarget}
        />
      ) : (
        detail.error === null && <Skeleton className="h-14 w-full" />
      )}
      {reasons.length > 0 && (
        <Notice
          tone="warn"
          title={texts.cannotInstall({ cluster: cluster === '' ? messages.common.none : cluster })}
        >
          <ReasonList reasons={reasons} />
        </Notice>
      )}
      {detail.data && view !== undefined && !hasForm && (
        <>
          <p className="text-sm">{texts.noParameters}</p>
          <Disclosure summary={texts.whatIsCreated}>
            {() => (
              <div className="grid grid-cols-1 gap-2 text-sm text-muted">
                {created}
                <LazyYamlView value={buildModuleInfo(requestOf(undefined))} label={texts.yamlLabel} />
              </div>
            )}
          </Disclosure>
        </>
      )}
      {hasForm && parts.error !== null && (
        <ProblemNotice error={parts.error} onRetry={() => void parts.refetch()} />
      )}
      {hasForm && draft !== null && (
        <FormPane
          key={version}
          ref={handle}
          draft={draft}
          cluster={cluster}
          refused={refused}
          about={messages.yamlEditor.pane.about}
          objectOf={(spoken) => buildModuleInfo(requestOf(spoken))}
        />
      )}
      {view !== undefined && <ValuesField draft={override} />}
      {detail.data && <ReasonField value={reason} onChange={setReason} />}
    </ActionDialog>
  )
}
