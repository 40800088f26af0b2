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
import { isConflict, isOver, isReady } from './upload-rows.ts'
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
  // Waiting for its turn, too.
  const isPublishing = view?.state === 'publishing'
  const isPaused = state === 'paused'
  const isAgain = state === 'unpublished'
  // Only whoever has seen what stands replaces it.
  const mustReplace = isAgain && isConflict(view)
  const end = () => {
    if (local !== null && isOver(row)) return browserUploads.remove([key])
    if (local !== null) browserUploads.cancel(key)
    if (view !== null) actions.discard.mutate()
  }
  return (
    <>
      {(state === 'sending' || state === 'broken' || isPaused) && (
        <IconButton
          size="sm"
          icon={isPaused ? <Play /> : <Pause />}
          label={isPaused ? texts.resume({ file }) : texts.pause({ file })}
          onClick={() => {
            if (isPaused) browserUploads.resume(key)
            else browserUploads.pause(key)
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
      {view !== null && (isReady(row) || isPublishing) && (
        <ButtonLink
          size="sm"
          variant={mustReplace ? 'primary' : 'secondary'}
          href={uploadPath(view.id)}
          aria-label={texts.inspectFile({ file })}
        >
          {texts.inspect}
        </ButtonLink>
      )}
      {((isReady(row) && !mustReplace) || (isPublishing && view.isMine)) && (
        <Button
          size="sm"
          variant="primary"
          aria-label={isAgain ? texts.publishFileAgain({ file }) : texts.publishFile({ file })}
          // Under way it stays where it is, and so does the focus.
          busy={actions.publish.isPending || isPublishing}
          onClick={() => {
            actions.publish.mutate(false)
          }}
        >
          {isAgain ? texts.publishAgain : texts.publish}
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
