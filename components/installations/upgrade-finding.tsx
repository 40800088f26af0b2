'use client'
import { useId } from 'react'
import type { ReactNode } from 'react'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { RadioGroup } from '#components/ui/radio-group.tsx'
import { hideSecrets } from '#lib/domain/hide-secrets.ts'
import type { FormPath } from '#lib/domain/form/form-path.ts'
import type { MergeChoice, MergeFinding } from '#lib/domain/merge-finding.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import type { Json } from '#lib/kinds/object.ts'
import { shortYaml } from './short-yaml.ts'

interface UpgradeFindingProps {
  finding: MergeFinding
  label: string
  choice: MergeChoice
  onChoice: (choice: MergeChoice) => void
  /** The form or the YAML says something else by now. */
  isChanged: boolean
  /** Takes back what the form or the YAML says. */
  onUndo: () => void
  secrets: readonly FormPath[]
}

/** One parameter that an upgrade is about: both values, and which one counts. */
export function UpgradeFinding(props: UpgradeFindingProps): ReactNode {
  const { finding, label, choice, onChoice, isChanged, onUndo, secrets } = props
  const { upgrade: texts, form: formTexts } = useMessages()
  const id = useId()
  const words = texts.sections[finding.kind]
  const valueOf = (value: Json | undefined): ReactNode => {
    if (value === undefined) return <em className="text-muted">{texts.absent}</em>
    const text = shortYaml(hideSecrets(value, finding.path, secrets, () => texts.hidden))
    return <code className="rounded-sm bg-sunken px-1 font-mono text-xs break-all">{text}</code>
  }
  const option = (value: MergeChoice, text: string, side: Json | undefined) => {
    // Left out or dropped: the words alone say it.
    const isBare = side === undefined && (finding.kind === 'added' || finding.kind === 'removed')
    return {
      value,
      label: isBare ? (
        text
      ) : (
        <>
          {text} {valueOf(side)}
        </>
      ),
    }
  }
  const mine = option('mine', words.mine, finding.mine)
  const next = option('new', words.next, finding.next)
  return (
    <li className="grid grid-cols-1 gap-1 py-2">
      <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
        <span className="min-w-0 font-medium break-words">{label}</span>
        <code className="min-w-0 font-mono text-xs break-all text-muted">{finding.id}</code>
        {isChanged && (
          <>
            <Badge tone="accent">{texts.changedBelow}</Badge>
            <Button size="sm" variant="ghost" aria-label={texts.undoAt({ label })} onClick={onUndo}>
              {texts.undo}
            </Button>
          </>
        )}
      </p>
      {finding.isFixed === true ? (
        <p className="text-sm">
          {texts.stays} {valueOf(finding.mine)} <span className="text-muted">{formTexts.immutable}</span>
        </p>
      ) : (
        <RadioGroup
          name={id}
          aria-label={`${label} (${finding.id})`}
          value={choice}
          onChange={(picked) => {
            onChoice(picked === 'mine' ? 'mine' : 'new')
          }}
          options={finding.choice === 'mine' ? [mine, next] : [next, mine]}
        />
      )}
      {finding.kind === 'conflict' && (
        <p className="text-xs text-muted">
          {texts.oldDefault} {valueOf(finding.old)}
        </p>
      )}
    </li>
  )
}
