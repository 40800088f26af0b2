import { clsx } from 'clsx'
import type { ComponentProps, ReactNode } from 'react'

interface TextAreaProps extends ComponentProps<'textarea'> {
  invalid?: boolean
  mono?: boolean
}

/** A text of several lines; its label comes from FieldFrame or `aria-label`. */
export function TextArea({ invalid, mono = false, className, ...rest }: TextAreaProps): ReactNode {
  return (
    <textarea
      rows={3}
      {...rest}
      aria-invalid={invalid || undefined}
      className={clsx('control resize-y px-2.5 py-1.5', mono && 'font-mono', className)}
    />
  )
}
