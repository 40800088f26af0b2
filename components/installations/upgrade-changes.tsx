'use client'
import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { hasForm } from '#lib/domain/form/form-model.ts'
import type { FormObject } from '#lib/domain/form/form-model.ts'
import { getAt } from '#lib/domain/form/form-path.ts'
import type { FormPath } from '#lib/domain/form/form-path.ts'
import { secretPaths } from '#lib/domain/hide-secrets.ts'
import type { MergeChoices } from '#lib/domain/merge-config.ts'
import { FINDING_KINDS } from '#lib/domain/merge-finding.ts'
import type { UpgradePlan } from '#lib/domain/plan-upgrade.ts'
import { isSameJson } from '#lib/domain/same-json.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import { UpgradeFinding } from './upgrade-finding.tsx'
import { UpgradeNeeds } from './upgrade-needs.tsx'
import { UpgradeSection } from './upgrade-section.tsx'
import { pathLabels } from './upgrade-words.ts'

interface UpgradeChangesProps {
  plan: UpgradePlan
  choices: MergeChoices
  onChoices: (choices: MergeChoices) => void
  /** The configuration as the choices have it. */
  base: FormObject
  /** And as the form below has it. */
  config: FormObject
  /** Takes back what was changed below at a place. */
  onUndo: (path: FormPath) => void
  /** Moves to the first answer that is missing. */
  onAnswer: () => void
}

const OPEN_UP_TO = { conflict: 30, removed: 10, follows: 10, added: 10, kept: 5 }

/** From so many on, all of a kind can be decided at once. */
const MANY = 4
const BOTH = ['mine', 'new'] as const

/** Key by key, what an upgrade does to the parameters, each with its choice. */
export function UpgradeChanges({
  plan,
  choices,
  onChoices,
  base,
  config,
  onUndo,
  onAnswer,
}: UpgradeChangesProps): ReactNode {
  const { language, messages } = useI18n()
  const { upgrade: texts } = messages
  const { merge, form, fromForm } = plan
  const labelOf = useMemo(() => pathLabels([form, fromForm], language), [form, fromForm, language])
  const secrets = useMemo(() => secretPaths(form, fromForm), [form, fromForm])
  return (
    <div className="grid grid-cols-1 gap-1">
      {hasForm(form) && (
        <UpgradeNeeds
          form={form}
          base={base}
          config={config}
          standing={plan.standing}
          labelOf={labelOf}
          onAnswer={onAnswer}
        />
      )}
      {FINDING_KINDS.map((kind) => {
        const found = merge.findings.filter((one) => one.kind === kind)
        const open = found.filter(({ isFixed }) => isFixed !== true)
        return (
          <UpgradeSection
            key={kind}
            title={texts.sections[kind].title({ count: found.length })}
            text={texts.sections[kind].text}
            items={found}
            openUpTo={OPEN_UP_TO[kind]}
            actions={
              open.length < MANY
                ? undefined
                : BOTH.map((choice) => (
                    <Button
                      key={choice}
                      size="sm"
                      onClick={() => {
                        onChoices(new Map([...choices, ...open.map(({ id }) => [id, choice] as const)]))
                      }}
                    >
                      {texts.sections[kind].all[choice]}
                    </Button>
                  ))
            }
          >
            {(finding) => (
              <UpgradeFinding
                key={finding.id}
                finding={finding}
                label={labelOf(finding.path)}
                choice={choices.get(finding.id) ?? finding.choice}
                onChoice={(choice) => {
                  onChoices(new Map(choices).set(finding.id, choice))
                }}
                isChanged={!isSameJson(getAt(base, finding.path), getAt(config, finding.path))}
                onUndo={() => {
                  onUndo(finding.path)
                }}
                secrets={secrets}
              />
            )}
          </UpgradeSection>
        )
      })}
    </div>
  )
}
