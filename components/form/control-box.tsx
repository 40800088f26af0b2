'use client'
import { use } from 'react'
import type { ReactNode } from 'react'
import type { FormControl, FormValue } from '#lib/domain/form/form-model.ts'
import { ControlView } from './control-view.tsx'
import { useFormState } from './form-context.ts'
import { FixedContext, OwnerContext } from './owner-context.ts'
import type { InnerError } from './widgets/widget-props.ts'

interface ControlBoxProps {
  control: FormControl
  /** DOM id of the field, the same as long as it is the same field. */
  id: string
  value: FormValue | undefined
  /** What stood there before the user changed anything. */
  initial: FormValue | undefined
  /** Errors at the control's path or below it. */
  faults: readonly InnerError[]
  /** The same function as long as the field is the same. */
  onChange: (value: FormValue | undefined) => void
  /** Little room, as in a row: what it means comes on demand. */
  isCompact?: boolean
}

/** A control with its label and errors, anywhere in a form; drawn again only when something about it changed. */
export function ControlBox(props: ControlBoxProps): ReactNode {
  const { broken, touched, areAllTold, disabled } = useFormState()
  const owner = use(OwnerContext)
  const isFixed = use(FixedContext)
  const brokenText = broken.get(props.id)?.text
  const isTold = areAllTold || touched.has(props.id)
  return (
    <ControlView
      {...props}
      owner={owner}
      brokenText={brokenText}
      isTold={isTold}
      disabled={disabled || isFixed}
    />
  )
}
