'use client'
import { useCallback, useMemo, useState } from 'react'
import type { RefObject } from 'react'
import type { FormHandle, FormReport } from '#components/form/dynamic-form.tsx'
import { NO_EDITS } from '#lib/domain/form/config-of.ts'
import type { FormEdits } from '#lib/domain/form/config-of.ts'
import { hasForm } from '#lib/domain/form/form-model.ts'
import { NO_CHOICES, applyChoices } from '#lib/domain/merge-config.ts'
import type { MergeChoices } from '#lib/domain/merge-config.ts'
import { configToSend } from '#lib/domain/plan-upgrade.ts'
import type { UpgradePlan } from '#lib/domain/plan-upgrade.ts'
import type { JsonObject } from '#lib/kinds/object.ts'
import type { InstallationState } from './use-installation.ts'
import { useUpgradePlan } from './use-upgrade-plan.ts'
import type { UpgradePlanState } from './use-upgrade-plan.ts'

export interface UpgradeDraft extends UpgradePlanState {
  choices: MergeChoices
  setChoices: (choices: MergeChoices) => void
  /** The merged configuration as the choices have it; the form's edits come on top and win. */
  base: JsonObject
  edits: FormEdits
  setEdits: (edits: FormEdits) => void
  report: FormReport | null
  setReport: (report: FormReport) => void
  /** What it has all come to; null while that is not known. */
  config: JsonObject | null
  /** What to send besides the version; undefined when the version says it all. */
  sent: JsonObject | undefined
  /** Shows what is wrong, if anything is. @returns whether it can be sent */
  check: () => boolean
}

const NOTHING: JsonObject = {}

/** What the user makes of an upgrade: choices and edits go by path, so they outlive a change of version. */
export function useUpgradeDraft(
  state: InstallationState,
  version: string | undefined,
  form: RefObject<FormHandle | null>,
): UpgradeDraft {
  const planState = useUpgradePlan(state, version)
  const { plan } = planState
  const [choices, setChoices] = useState(NO_CHOICES)
  const [edits, setEdits] = useState(NO_EDITS)
  const [told, setTold] = useState<{ plan: UpgradePlan | null; report: FormReport } | null>(null)
  const base = useMemo(() => (plan === null ? NOTHING : applyChoices(plan.merge, choices)), [plan, choices])
  const setReport = useCallback(
    (report: FormReport) => {
      setTold({ plan, report })
    },
    [plan],
  )
  // What a form of another version said is of no use.
  const report = told !== null && told.plan === plan ? told.report : null
  const isAsked = plan !== null && hasForm(plan.form)
  const config = plan === null ? null : isAsked ? (report?.config ?? null) : base
  const own = state.shown?.config
  const sent = useMemo(
    () => (plan === null || config === null ? undefined : configToSend(plan, own, config)),
    [plan, own, config],
  )
  return {
    ...planState,
    choices,
    setChoices,
    base,
    edits,
    setEdits,
    report,
    setReport,
    config,
    sent,
    check: () => plan !== null && (!isAsked || form.current?.check() === true),
  }
}
