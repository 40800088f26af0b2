'use client'
import dynamic from 'next/dynamic'
import { useSearchParams } from 'next/navigation'
import { Suspense } from 'react'
import type { ComponentType, ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { closeDialog } from '#lib/browser/dialog-navigation.ts'
import { dialogOf } from '#lib/browser/paths.ts'
import type { Action } from '#lib/contract/action.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import type { DialogProps } from './dialog-props.ts'
import { LoadBoundary } from './load-boundary.tsx'

const DIALOGS: Readonly<Record<Action, ComponentType<DialogProps>>> = {
  install: dynamic(() => import('./install-dialog.tsx').then((module) => module.InstallDialog), {
    ssr: false,
  }),
  upgrade: dynamic(() => import('./upgrade-dialog.tsx').then((module) => module.UpgradeDialog), {
    ssr: false,
  }),
  update: dynamic(() => import('./update-dialog.tsx').then((module) => module.UpdateDialog), { ssr: false }),
  uninstall: dynamic(() => import('./uninstall-dialog.tsx').then((module) => module.UninstallDialog), {
    ssr: false,
  }),
}

function AddressedDialog(): ReactNode {
  const address = dialogOf(useSearchParams())
  if (address === null) return null
  const Dialog = DIALOGS[address.dialog]
  const key = [address.dialog, address.plugin, address.cluster].join(' ')
  return (
    <LoadBoundary key={key} fallback={<NotLoaded />}>
      <Dialog address={address} onClose={closeDialog} />
    </LoadBoundary>
  )
}

/** Over the page, where a dialog could not be shown: its code is gone with a new build, or can't be reached. */
function NotLoaded(): ReactNode {
  const { common, installations } = useMessages()
  const { title, text, reload } = installations.notLoaded
  return (
    <div className="floating fixed inset-x-3 top-16 z-40 mx-auto max-w-xl">
      <Notice
        tone="bad"
        role="alert"
        title={title}
        action={
          <span className="flex flex-wrap justify-end gap-2">
            <Button size="sm" onClick={closeDialog}>
              {common.close}
            </Button>
            <Button
              size="sm"
              variant="primary"
              onClick={() => {
                location.reload()
              }}
            >
              {reload}
            </Button>
          </span>
        }
      >
        {text}
      </Notice>
    </div>
  )
}

/** The dialog that the page's address names, over the page. Its code comes when it is first opened. */
export function InstallationDialogs(): ReactNode {
  return (
    <Suspense fallback={null}>
      <AddressedDialog />
    </Suspense>
  )
}
