'use client'
import { useEffect, useId, useRef } from 'react'
import type { FormEvent, ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { useDiscard } from './use-discard.ts'

interface ActionDialogProps {
  title: string
  description?: ReactNode
  onClose: () => void
  onSubmit: () => void
  submitLabel: string
  isBusy: boolean
  /** Why it can't be submitted now. */
  refusal?: string | undefined
  isDanger?: boolean
  /** Something was entered that closing would lose: only Cancel does so without asking. */
  isChanged: boolean
  size?: 'md' | 'lg'
  /** Which button has the focus first; without it the body has, one step before its first field. */
  firstFocus?: 'submit' | 'cancel' | undefined
  /** What just went wrong; stays in sight whatever is scrolled. */
  alert?: ReactNode
  children: ReactNode
}

/** A dialog that does one thing: its body is a form, Enter and the button submit it. */
export function ActionDialog(props: ActionDialogProps): ReactNode {
  const { common, installations: texts } = useMessages()
  const { isAsking, close, keep, keepButton } = useDiscard(props.isChanged, props.onClose)
  const formId = useId()
  const submitButton = useRef<HTMLButtonElement>(null)
  const cancelButton = useRef<HTMLButtonElement>(null)
  const body = useRef<HTMLFormElement>(null)
  const focused = { submit: submitButton, cancel: cancelButton }
  const { firstFocus } = props
  // What comes first may be known only when the dialog has read what it is about.
  useEffect(() => {
    if (firstFocus === 'submit') submitButton.current?.focus()
    if (firstFocus === 'cancel') cancelButton.current?.focus()
  }, [firstFocus])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (props.isBusy || props.refusal !== undefined) return
    props.onSubmit()
  }
  return (
    <Dialog
      open
      onClose={close}
      title={props.title}
      description={props.description}
      closeLabel={common.close}
      size={props.size ?? 'md'}
      keepOnOutsidePress
      header={<div className="grid shrink-0 grid-cols-1 gap-2 px-5 not-empty:pb-3">{props.alert}</div>}
      initialFocus={firstFocus === undefined ? body : focused[firstFocus]}
      footer={
        isAsking ? (
          <div role="alert" className="flex w-full flex-wrap items-center justify-end gap-2">
            <p className="mr-auto text-sm font-medium">{texts.discardQuestion}</p>
            <Button ref={keepButton} onClick={keep}>
              {texts.keepEditing}
            </Button>
            <Button variant="danger" onClick={props.onClose}>
              {texts.discard}
            </Button>
          </div>
        ) : (
          <>
            <Button ref={cancelButton} onClick={props.onClose}>
              {common.cancel}
            </Button>
            <Button
              ref={submitButton}
              type="submit"
              form={formId}
              variant={props.isDanger === true ? 'danger' : 'primary'}
              busy={props.isBusy}
              refusal={props.refusal}
            >
              {props.submitLabel}
            </Button>
          </>
        )
      }
    >
      <form
        ref={body}
        id={formId}
        tabIndex={-1}
        noValidate
        onSubmit={submit}
        className="grid grid-cols-1 gap-4 pt-1 outline-none"
      >
        {props.children}
      </form>
    </Dialog>
  )
}
