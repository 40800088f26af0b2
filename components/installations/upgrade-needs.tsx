'use client'
import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { formErrorText } from '#components/form/form-error-text.ts'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { NO_EDITS, resolveConfig } from '#lib/domain/form/config-of.ts'
import type { FormModel, FormObject } from '#lib/domain/form/form-model.ts'
import { parsePath } from '#lib/domain/form/form-path.ts'
import type { FormPath } from '#lib/domain/form/form-path.ts'
import { validateConfig } from '#lib/domain/form/validate-config.ts'
import { faultKey } from '#lib/domain/plan-upgrade.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { UpgradeSection } from './upgrade-section.tsx'

interface UpgradeNeedsProps {
  form: FormModel
  /** The configuration as the upgrade alone has it. */
  base: FormObject
  /** And as the form below has it. */
  config: FormObject
  /** What was wrong before, too. */
  standing: ReadonlySet<string>
  labelOf: (path: FormPath) => string
  /** Moves to the first of them that is open. */
  onAnswer: () => void
}

/** What the new version's form does not take as it is: missing answers, values that it refuses. */
export function UpgradeNeeds({
  form,
  base,
  config,
  standing,
  labelOf,
  onAnswer,
}: UpgradeNeedsProps): ReactNode {
  const messages = useMessages()
  const { upgrade: texts } = messages
  const needs = useMemo(() => validateConfig(form, resolveConfig(form, base, NO_EDITS).config), [form, base])
  const open = useMemo(() => new Set(validateConfig(form, config).map(({ path }) => path)), [form, config])
  return (
    <UpgradeSection
      title={texts.sections.needed.title({ count: needs.length })}
      text={texts.sections.needed.text}
      items={needs}
      openUpTo={30}
      actions={
        open.size === 0 ? undefined : (
          <Button size="sm" onClick={onAnswer}>
            {texts.goToFirst}
          </Button>
        )
      }
    >
      {(need) => (
        <li key={need.path} className="grid grid-cols-1 gap-0.5 py-2 text-sm">
          <p className="flex flex-wrap items-baseline gap-x-2">
            <span className="min-w-0 font-medium break-words">
              {labelOf(parsePath(need.path) ?? [need.path])}
            </span>
            <code className="min-w-0 font-mono text-xs break-all text-muted">{need.path}</code>
            {!open.has(need.path) ? (
              <Badge tone="good">{texts.answered}</Badge>
            ) : standing.has(faultKey(need)) ? (
              <Badge>{texts.standing}</Badge>
            ) : (
              <Badge tone="warn">{texts.open}</Badge>
            )}
          </p>
          <p className="text-muted">{formErrorText(messages, need)}</p>
        </li>
      )}
    </UpgradeSection>
  )
}
