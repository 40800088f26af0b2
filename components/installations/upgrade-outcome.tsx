'use client'
import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { LazyYamlDiff } from '#components/ui/code-editor/lazy-yaml-diff.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { getAt } from '#lib/domain/form/form-path.ts'
import { hideSecrets, secretPaths } from '#lib/domain/hide-secrets.ts'
import { configToSend } from '#lib/domain/plan-upgrade.ts'
import type { UpgradePlan } from '#lib/domain/plan-upgrade.ts'
import { isSameJson } from '#lib/domain/same-json.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import type { JsonObject } from '#lib/kinds/object.ts'
import { wholeYaml } from './short-yaml.ts'

interface UpgradeOutcomeProps {
  plan: UpgradePlan
  /** The installation's own configuration, if it has one. */
  own: JsonObject | undefined
  /** What choices and form have come to. */
  config: JsonObject
  from: string
  version: string
}

/** What is written, and how it differs from what is there now. Passwords are not shown. */
export function UpgradeOutcome({ plan, own, config, from, version }: UpgradeOutcomeProps): ReactNode {
  const messages = useMessages()
  const { outcome: texts, hidden, hiddenChanged } = messages.upgrade
  const sent = useMemo(() => configToSend(plan, own, config), [plan, own, config])
  const { before } = plan
  const follows = own === undefined
  const after = sent ?? (follows ? plan.merge.input.next : own)
  const secrets = useMemo(() => secretPaths(plan.form, plan.fromForm), [plan])
  const original = useMemo(
    () => wholeYaml(hideSecrets(before ?? {}, [], secrets, () => hidden)),
    [before, secrets, hidden],
  )
  const modified = useMemo(
    () =>
      wholeYaml(
        hideSecrets(after, [], secrets, (value, path) =>
          isSameJson(value, getAt(before, path)) ? hidden : hiddenChanged,
        ),
      ),
    [after, before, secrets, hidden, hiddenChanged],
  )
  const written = follows
    ? sent === undefined
      ? texts.follows({ version })
      : texts.pinned
    : sent === undefined
      ? texts.same
      : texts.changed
  const isCompared = before !== undefined && (follows || sent !== undefined)
  return (
    <div className="grid grid-cols-1 gap-1 text-sm">
      <p>{written}</p>
      {isCompared && (
        <Disclosure summary={<h3 className="text-sm font-medium">{texts.title}</h3>} open>
          {() => (
            <LazyYamlDiff
              original={original}
              modified={modified}
              originalLabel={follows ? texts.nowDefaults({ version: from }) : texts.now({ version: from })}
              modifiedLabel={
                follows && sent === undefined ? texts.afterDefaults({ version }) : texts.after({ version })
              }
              label={texts.title}
              texts={messages.yamlEditor.diff}
            />
          )}
        </Disclosure>
      )}
    </div>
  )
}
