'use client'
import { useMemo, useState } from 'react'
import type { RefObject } from 'react'
import type { FormHandle } from '#components/form/dynamic-form.tsx'
import { hasForm } from '#lib/domain/form/form-model.ts'
import { validateConfig } from '#lib/domain/form/validate-config.ts'
import { NO_CHOICES, applyChoices } from '#lib/domain/merge-config.ts'
import type { MergeChoices } from '#lib/domain/merge-config.ts'
import { configToSend, faultKey } from '#lib/domain/plan-upgrade.ts'
import type { JsonObject } from '#lib/kinds/object.ts'
import { useConfigDraft } from './use-config-draft.ts'
import type { ConfigDraft } from './use-config-draft.ts'
import type { InstallationState } from './use-installation.ts'
import { useUpgradePlan } from './use-upgrade-plan.ts'
import type { UpgradePlanState } from './use-upgrade-plan.ts'

export interface UpgradeDraft extends UpgradePlanState {
  choices: MergeChoices
  setChoices: (choices: MergeChoices) => void
  /** The merged configuration as the choices have it; the form's edits come on top and win. */
  base: JsonObject
  /** The new version's form, where it has one; null while it is being read, too. */
  made: ConfigDraft | null
  /** It is not yet known what there is to answer. */
  isReading: boolean
  /** What it has all come to; null while that is not known, or its YAML can't be read. */
  config: JsonObject | null
  /** What to send besides the version; undefined when the version says it all. */
  sent: JsonObject | undefined
  /** The user has chosen or entered something. */
  hasChanges: boolean
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
  const base = useMemo(() => (plan === null ? NOTHING : applyChoices(plan.merge, choices)), [plan, choices])
  const isAsked = plan !== null && hasForm(plan.form)
  const made = useConfigDraft(isAsked ? plan.source : null, isAsked ? base : null)
  const config = plan === null ? null : isAsked ? (made?.config ?? null) : base
  const own = state.shown?.config
  const sent = useMemo(
    () => (plan === null || config === null ? undefined : configToSend(plan, own, config)),
    [plan, own, config],
  )
  /** With the version alone nothing gets worse that was right before. */
  const isHarmless = () => {
    if (plan === null || config === null || sent !== undefined) return false
    const faults = isAsked ? validateConfig(plan.form, config) : []
    // More is wrong than that: what is typed can't be read.
    if (made !== null && made.report !== null && made.report.wrong > faults.length) return false
    return faults.every((fault) => plan.standing.has(faultKey(fault)))
  }
  return {
    ...planState,
    choices,
    setChoices,
    base,
    made,
    isReading: plan === null || (isAsked && (made?.report ?? null) === null),
    config,
    sent,
    hasChanges: choices.size > 0 || made?.hasChanges === true,
    check: () => plan !== null && (!isAsked || isHarmless() || form.current?.check() === true),
  }
}
