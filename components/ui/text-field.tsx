import { clsx } from 'clsx'
import type { ComponentProps, ReactNode } from 'react'

interface TextFieldProps extends ComponentProps<'input'> {
  invalid?: boolean
  /** For paths, versions and the like. */
  mono?: boolean
}

/** A one-line text; its label comes from FieldFrame or `aria-label`. */
export function TextField({ invalid, mono = false, className, ...rest }: TextFieldProps): ReactNode {
  return (
    <input
      type="text"
      {...rest}
      aria-invalid={invalid || undefined}
      className={clsx('control h-8 px-2.5', mono && 'font-mono', className)}
    />
  )
}
