import { clsx } from 'clsx'
import type { ComponentProps, ReactNode } from 'react'
import { Spinner } from './spinner.tsx'

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger'
export type ButtonSize = 'sm' | 'md'

const VARIANTS: Record<ButtonVariant, string> = {
  primary: 'bg-accent-solid text-white hover:bg-accent-strong',
  secondary: 'border border-control/60 bg-surface text-ink hover:bg-hover',
  ghost: 'text-ink hover:bg-hover',
  danger: 'bg-bad-solid text-white hover:bg-bad-strong',
}

const SIZES: Record<ButtonSize, string> = {
  sm: 'h-7 gap-1 px-2.5 text-sm',
  md: 'h-8 gap-1.5 px-3 text-sm',
}

const SHAPE =
  'inline-flex shrink-0 items-center justify-center rounded-md font-medium whitespace-nowrap select-none transition-colors'

const REFUSED = 'border border-line bg-transparent text-faint cursor-not-allowed'

/** The look of a button, for links that look like one. */
export function buttonClass(variant: ButtonVariant = 'secondary', size: ButtonSize = 'md'): string {
  return clsx(SHAPE, SIZES[size], VARIANTS[variant])
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
      className={clsx(
        refusal === undefined ? buttonClass(variant, size) : [SHAPE, SIZES[size ?? 'md'], REFUSED],
        'disabled:pointer-events-none disabled:opacity-50',
        className,
      )}
    >
      {busy ? <Spinner /> : icon}
      {children}
    </button>
  )
}
