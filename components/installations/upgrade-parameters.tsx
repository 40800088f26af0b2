'use client'
import { useMemo } from 'react'
import type { ReactNode, RefObject } from 'react'
import type { FormHandle } from '#components/form/dynamic-form.tsx'
import type { RefusedValue } from '#components/form/form-faults.ts'
import { ProblemNotice } from '#components/shell/problem-notice.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { hasForm } from '#lib/domain/form/form-model.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import type { JsonObject } from '#lib/kinds/object.ts'
import { FormPane } from './form-pane.tsx'
import { UpgradeChanges } from './upgrade-changes.tsx'
import { UpgradeOutcome } from './upgrade-outcome.tsx'
import { useSettled } from './use-settled.ts'
import type { UpgradeDraft } from './use-upgrade-draft.ts'

/** Between the last key and the comparison. Milliseconds. */
const SETTLE_MS = 250

interface UpgradeParametersProps {
  draft: UpgradeDraft
  form: RefObject<FormHandle | null>
  /** The installation's own configuration, if it has one. */
  own: JsonObject | undefined
  /** Where it runs. */
  cluster: string
  version: string
  refused: readonly RefusedValue[]
}

/** What an upgrade does to the parameters, the new version's form, and what comes out. */
export function UpgradeParameters({
  draft,
  form,
  own,
  cluster,
  version,
  refused,
}: UpgradeParametersProps): ReactNode {
  const { upgrade: texts } = useMessages()
  const { plan, base, from } = draft
  const now = useMemo(() => ({ plan, base, config: draft.config ?? base }), [plan, base, draft.config])
  // Typing comes first; the lists and the comparison follow. What is of another version is of no use.
  const settled = useSettled(now, SETTLE_MS)
  const shown = settled.plan === plan ? settled : now
  if (draft.error !== null) return <ProblemNotice error={draft.error} onRetry={draft.retry} />
  if (plan === null)
    return (
      <output aria-label={texts.reading}>
        <Skeleton className="h-24 w-full" />
      </output>
    )
  const { findings, unusable } = plan.merge
  const isAsked = hasForm(plan.form)
  if (!isAsked && findings.length === 0 && unusable.length === 0)
    return <p className="text-sm text-muted">{texts.nothing}</p>
  return (
    <>
      <section aria-label={texts.title} className="grid grid-cols-1 gap-2">
        {own === undefined && <p className="text-sm text-muted">{texts.follows}</p>}
        {draft.isOldUnknown && (
          <Notice tone="warn">
            {own === undefined
              ? texts.unknownOldFollows({ version: from })
              : texts.unknownOld({ version: from })}
          </Notice>
        )}
        {unusable.length > 0 && <Notice tone="warn">{texts.unusable({ keys: unusable.join(', ') })}</Notice>}
        <UpgradeChanges
          key={version}
          plan={plan}
          choices={draft.choices}
          onChoices={draft.setChoices}
          base={shown.base}
          config={shown.config}
          onUndo={(path) => draft.made?.restore(path)}
          onAnswer={() => form.current?.check()}
        />
      </section>
      {draft.made !== null && (
        <section aria-label={texts.formTitle({ version })}>
          <FormPane
            key={version}
            ref={form}
            draft={draft.made}
            cluster={cluster}
            {...(plan.before !== undefined && { current: plan.before })}
            refused={refused}
            about={texts.willBe}
          />
        </section>
      )}
      <UpgradeOutcome plan={plan} own={own} config={shown.config} from={from} version={version} />
    </>
  )
}
