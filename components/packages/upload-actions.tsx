'use client'
import Pause from 'lucide-react/icons/pause'
import Play from 'lucide-react/icons/play'
import X from 'lucide-react/icons/x'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'
import { uploadPath } from '#lib/browser/paths.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { browserUploads } from './browser-uploads.ts'
import { isOver } from './upload-rows.ts'
import type { UploadRow } from './upload-rows.ts'
import type { useUploadActions } from './use-upload-actions.ts'

interface UploadActionsProps {
  row: UploadRow
  actions: ReturnType<typeof useUploadActions>
}

/** What can be done with an upload now. */
export function UploadActions({ row, actions }: UploadActionsProps): ReactNode {
  const { packages: texts } = useMessages()
  const { local, view, state, fileName: file } = row
  const key = local?.key ?? ''
  const end = () => {
    if (local !== null && isOver(row)) return browserUploads.remove([key])
    if (local !== null) browserUploads.cancel(key)
    if (view !== null) actions.discard.mutate()
  }
  return (
    <>
      {(state === 'sending' || state === 'broken') && (
        <IconButton
          size="sm"
          icon={<Pause />}
          label={texts.pause({ file })}
          onClick={() => {
            browserUploads.pause(key)
          }}
        />
      )}
      {state === 'paused' && (
        <IconButton
          size="sm"
          icon={<Play />}
          label={texts.resume({ file })}
          onClick={() => {
            browserUploads.resume(key)
          }}
        />
      )}
      {state === 'failed' && local?.fault === null && (
        <Button
          size="sm"
          onClick={() => {
            browserUploads.resume(key)
          }}
        >
          {texts.again}
        </Button>
      )}
      {state === 'unread' && (
        <Button
          size="sm"
          busy={actions.readAgain.isPending}
          onClick={() => {
            actions.readAgain.mutate(row.size)
          }}
        >
          {texts.again}
        </Button>
      )}
      {view !== null && (state === 'inspected' || state === 'publishing') && (
        <ButtonLink size="sm" href={uploadPath(view.id)} aria-label={texts.inspectFile({ file })}>
          {texts.inspect}
        </ButtonLink>
      )}
      {state === 'inspected' && (
        <Button
          size="sm"
          variant="primary"
          aria-label={texts.publishFile({ file })}
          busy={actions.publish.isPending}
          onClick={() => {
            actions.publish.mutate(false)
          }}
        >
          {texts.publish}
        </Button>
      )}
      <IconButton
        size="sm"
        icon={<X />}
        label={isOver(row) ? texts.remove({ file }) : texts.cancel({ file })}
        onClick={end}
      />
    </>
  )
}
