import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { buttonClass } from './button.tsx'
import type { ButtonSize, ButtonVariant } from './button.tsx'
import { SoftLink } from './soft-link.tsx'
import type { SoftLinkProps } from './soft-link.tsx'

type ButtonLinkProps = SoftLinkProps & {
  variant?: ButtonVariant
  size?: ButtonSize
  icon?: ReactNode
}

/** A link that looks like a button. Prefetches nothing unless told to. */
export function ButtonLink({
  variant,
  size,
  icon,
  className,
  children,
  ...rest
}: ButtonLinkProps): ReactNode {
  return (
    <SoftLink {...rest} className={clsx(buttonClass(variant, size), className)}>
      {icon}
      {children}
    </SoftLink>
  )
}
