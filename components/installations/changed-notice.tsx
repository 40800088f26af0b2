'use client'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

/** Somebody else changed what the dialog shows: offers to look at it as it is now. */
export function ChangedNotice({ onShow }: { onShow: () => void }): ReactNode {
  const { installations } = useMessages()
  return (
    <Notice
      tone="warn"
      role="alert"
      title={installations.hasChanged}
      action={
        <Button size="sm" onClick={onShow}>
          {installations.reload}
        </Button>
      }
    >
      <p>{installations.hasChangedText}</p>
    </Notice>
  )
}
