'use client'
import ArrowUp from 'lucide-react/icons/arrow-up'
import SlidersHorizontal from 'lucide-react/icons/sliders-horizontal'
import Trash2 from 'lucide-react/icons/trash-2'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { MenuButton } from '#components/ui/menu-button.tsx'
import { openDialog } from '#lib/browser/dialog-navigation.ts'
import { PATHS } from '#lib/browser/paths.ts'
import type { Action } from '#lib/contract/action.ts'
import type { PluginOnCluster } from '#lib/contract/installation.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { reasonLines } from '#lib/i18n/reason-text.ts'
import { rowActions } from './row-actions.ts'
import { useInstallAtOnce } from './use-install-at-once.ts'

const ICONS: Partial<Record<Action, ReactNode>> = {
  upgrade: <ArrowUp />,
  update: <SlidersHorizontal />,
  uninstall: <Trash2 />,
}

interface PluginActionsProps {
  on: PluginOnCluster
  /** The plugin's name for people. */
  displayName: string
  /** Names the cluster in the buttons' names, where rows differ by cluster. */
  place?: string
  /** Shown whatever applies: Features always has its Upgrade button. */
  primary?: Action
}

/** What can be done with a plugin on a cluster: the likeliest as a button, the rest in a menu, refusals with reasons. */
export function PluginActions({ on, displayName, place, primary: wanted }: PluginActionsProps): ReactNode {
  const messages = useMessages()
  const { common, plugins } = messages
  const usual = rowActions(on)
  const primary = wanted ?? usual.primary
  const more =
    wanted === undefined || usual.primary === wanted
      ? usual.more
      : [...(usual.primary === null || usual.primary === 'upload' ? [] : [usual.primary]), ...usual.more]

  const refusalOf = (action: Action): string | undefined => {
    const view = on.actions[action]
    if (view.allowed) return undefined
    return view.reasons.length > 0 ? reasonLines(messages, view.reasons) : common.notAllowed
  }
  const { isBusy, installAtOnce } = useInstallAtOnce(on, displayName)
  const open = (action: Action) => {
    openDialog({
      dialog: action,
      plugin: on.plugin,
      cluster: on.cluster,
      ...(action === 'upgrade' && on.upgrade !== null ? { version: on.upgrade.version } : {}),
    })
  }

  const nameOf = (action: Action) => {
    const words = { action: common.actions[action], plugin: displayName }
    return place === undefined
      ? plugins.actionOn(words)
      : plugins.actionOnCluster({ ...words, cluster: place })
  }

  return (
    <div className="flex items-center justify-end gap-1">
      {primary === 'upload' && (
        <ButtonLink size="sm" href={`${PATHS.uploadPackages}?q=${encodeURIComponent(on.plugin)}`}>
          {plugins.uploadPackage}
        </ButtonLink>
      )}
      {primary !== 'upload' && primary !== null && (
        <Button
          size="sm"
          refusal={refusalOf(primary)}
          busy={isBusy}
          aria-label={nameOf(primary)}
          onClick={() => {
            if (primary === 'install' && on.installsAtOnce !== null) installAtOnce(on.installsAtOnce)
            else open(primary)
          }}
        >
          {common.actions[primary]}
        </Button>
      )}
      {more.length > 0 ? (
        <MenuButton
          label={plugins.rowActions({ plugin: place ?? displayName })}
          align="end"
          className="icon-btn sign-more size-7"
          items={() =>
            more
              .filter((action) => action !== primary || action === 'install')
              .map((action) => ({
                kind: 'action',
                key: action,
                label: action === 'install' ? plugins.installWithOptions : common.actions[action],
                icon: ICONS[action],
                refusal: refusalOf(action),
                ...(action === 'uninstall' ? { tone: 'bad' } : {}),
                onSelect: () => {
                  open(action)
                },
              }))
          }
        />
      ) : (
        <span className="w-7" />
      )}
    </div>
  )
}
