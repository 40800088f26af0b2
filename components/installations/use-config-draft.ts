'use client'
import { useCallback, useMemo, useState } from 'react'
import type { FormReport } from '#components/form/dynamic-form.tsx'
import type { FormSource } from '#lib/domain/form/compile-form.ts'
import { initialConfig } from '#lib/domain/form/config-of.ts'
import type { FormEdits } from '#lib/domain/form/config-of.ts'
import type { FormObject } from '#lib/domain/form/form-model.ts'
import type { FormPath } from '#lib/domain/form/form-path.ts'
import { isSameJson } from '#lib/domain/same-json.ts'
import type { YamlMapReading } from '#lib/domain/form/yaml-reader.ts'
import {
  closeYaml,
  newDraft,
  openYaml,
  rebase,
  restoreAt,
  writeYamlText,
  yamlConfig,
} from './config-draft.ts'
import type { DraftState } from './config-draft.ts'

export interface ConfigDraft extends Omit<DraftState, 'asked'> {
  /** What the YAML is to say, where its text does not say it yet. */
  asked: FormObject | null
  source: FormSource
  /** What the form says about itself and its configuration; null while it is loading. */
  report: FormReport | null
  /** The whole configuration as it would be sent; null while there is none: the form loads, the YAML can't be read. */
  config: FormObject | null
  /** It is what it was at the beginning, or what the form makes of that by itself. */
  isUnchanged: boolean
  /** The user has entered something, readable or not. */
  hasChanges: boolean
  onEdits: (edits: FormEdits) => void
  onReport: (report: FormReport) => void
  onYaml: (text: string, reading: YamlMapReading) => void
  openYaml: () => void
  /** @returns whether the YAML could be read, so that the form shows it now */
  closeYaml: () => boolean
  /** Takes back what was changed at a place and below it. */
  restore: (path: FormPath) => void
}

/**
 * The one place where a dialog keeps the configuration that its user makes, in a form and as YAML.
 * @param source by identity, which form the reports are about; null while it is not known
 * @param from what it begins with; another one later has the user's changes carried over to it
 * @returns null while there is nothing to begin with
 */
export function useConfigDraft(source: FormSource | null, from: FormObject | null): ConfigDraft | null {
  const [state, setState] = useState<DraftState | null>(null)
  const [told, setTold] = useState<{ source: FormSource | null; report: FormReport } | null>(null)
  const onReport = useCallback(
    (report: FormReport) => {
      setTold({ source, report })
    },
    [source],
  )
  const change = useCallback((next: (before: DraftState) => DraftState) => {
    setState((before) => before && next(before))
  }, [])
  const onEdits = useCallback(
    (edits: FormEdits) => {
      change((before) => ({ ...before, edits }))
    },
    [change],
  )
  const onYaml = useCallback(
    (text: string, reading: YamlMapReading) => {
      change((before) => writeYamlText(before, text, reading))
    },
    [change],
  )
  // What a form of another version said is of no use.
  const report = told?.source === source ? told.report : null
  const form = report?.form
  const initial = useMemo(
    () => (form === undefined || from === null ? null : initialConfig(form, from)),
    [form, from],
  )
  if (source === null || from === null) return null
  const moved = state === null ? newDraft(from) : rebase(state, from)
  const now = moved.asked === 'later' && report !== null ? openYaml(moved, report.config) : moved
  if (now !== state) setState(now)
  const config = now.side === 'yaml' ? yamlConfig(now) : (report?.config ?? null)
  const isUnchanged =
    config !== null && (isSameJson(config, from) || (initial !== null && isSameJson(config, initial)))
  const isUnreadable = now.side === 'yaml' && now.asked === null && config === null
  return {
    ...now,
    asked: now.asked === 'later' ? null : now.asked,
    source,
    report,
    config,
    isUnchanged,
    hasChanges: isUnreadable || (config !== null && !isUnchanged),
    onEdits,
    onReport,
    onYaml,
    openYaml: () => {
      change((before) => openYaml(before, report?.config ?? 'later'))
    },
    restore: (path) => {
      change((before) => restoreAt(before, path))
    },
    closeYaml: () => {
      if (report === null) {
        change((before) => ({ ...before, side: 'form' }))
        return true
      }
      const next = closeYaml(now, report.form, report.config)
      setState(next)
      return next.side === 'form'
    },
  }
}
