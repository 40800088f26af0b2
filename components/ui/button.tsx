import { clsx } from 'clsx'
import type { ComponentProps, ReactNode } from 'react'
import { Spinner } from './spinner.tsx'

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger'
export type ButtonSize = 'sm' | 'md'

const VARIANTS = {
  primary: 'btn btn-primary',
  secondary: 'btn btn-secondary',
  ghost: 'btn btn-ghost',
  danger: 'btn btn-danger',
  refused: 'btn btn-refused',
} as const

const SIZES: Record<ButtonSize, string> = { sm: 'h-7 gap-1 px-2.5', md: 'h-8 gap-1.5 px-3' }

/** The look of a button, for links that look like one. */
export function buttonClass(variant: keyof typeof VARIANTS = 'secondary', size: ButtonSize = 'md'): string {
  return `${VARIANTS[variant]} ${SIZES[size]}`
}

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: ButtonVariant
  size?: ButtonSize
  icon?: ReactNode
  /** Shows a turning ring and takes no clicks. */
  busy?: boolean
  /** Why it can't be used now: it stays focusable, says so on hover and focus, and takes no clicks. */
  refusal?: string | undefined
}

/** A button; `type="button"` unless told otherwise. */
export function Button(props: ButtonProps): ReactNode {
  const { variant, size, icon, busy, refusal, className, children, onClick, type = 'button', ...rest } = props
  const isRefused = refusal !== undefined || busy === true
  return (
    <button
      {...rest}
      type={type}
      aria-disabled={isRefused || undefined}
      aria-busy={busy || undefined}
      data-tip={refusal}
      onClick={
        isRefused
          ? (event) => {
              event.preventDefault()
            }
          : onClick
      }
      className={clsx(buttonClass(refusal === undefined ? variant : 'refused', size), className)}
    >
      {busy ? <Spinner /> : icon}
      {children}
    </button>
  )
}
