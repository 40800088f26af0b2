'use client'
import dynamic from 'next/dynamic'
import { useSearchParams } from 'next/navigation'
import { Suspense } from 'react'
import type { ComponentType, ReactNode } from 'react'
import { closeDialog } from '#lib/browser/dialog-navigation.ts'
import { dialogOf } from '#lib/browser/paths.ts'
import type { Action } from '#lib/contract/action.ts'
import type { DialogProps } from './dialog-props.ts'

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
  return <Dialog key={key} address={address} onClose={closeDialog} />
}

/** The dialog that the page's address names, over the page. Its code comes when it is first opened. */
export function InstallationDialogs(): ReactNode {
  return (
    <Suspense fallback={null}>
      <AddressedDialog />
    </Suspense>
  )
}
