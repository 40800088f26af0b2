'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ProblemNotice } from '#components/shell/problem-notice.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { showToast } from '#components/ui/toast-store.ts'
import { apiSend } from '#lib/browser/api.ts'
import { API } from '#lib/browser/api-paths.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

interface DeleteVersionDialogProps {
  plugin: string
  version: string
  onClose: () => void
}

/** Asks once before a published version is taken back. */
export function DeleteVersionDialog({ plugin, version, onClose }: DeleteVersionDialogProps): ReactNode {
  const { packages: texts, common } = useMessages()
  const queryClient = useQueryClient()
  const remove = useMutation({
    mutationFn: () => apiSend('DELETE', API.packageVersion(plugin, version)),
    onSuccess: () => {
      for (const key of ['packages', 'plugins']) void queryClient.invalidateQueries({ queryKey: [key] })
      showToast({ tone: 'good', title: texts.deleted({ plugin, version }) })
      onClose()
    },
  })
  return (
    <Dialog
      open
      onClose={onClose}
      title={texts.deleteTitle({ plugin, version })}
      closeLabel={common.close}
      size="sm"
      footer={
        <>
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button
            variant="danger"
            busy={remove.isPending}
            onClick={() => {
              remove.mutate()
            }}
          >
            {texts.deleteConfirm}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <p className="text-sm">{texts.deleteText}</p>
        {remove.error !== null && <ProblemNotice error={remove.error} />}
      </div>
    </Dialog>
  )
}
