import { clsx } from 'clsx'
import type { ComponentProps, ReactNode } from 'react'
import { SoftLink } from './soft-link.tsx'
import type { SoftLinkProps } from './soft-link.tsx'

const LINK = 'rounded-sm text-accent underline-offset-2 hover:underline'

/** A link within the console. */
export function TextLink({ className, ...rest }: SoftLinkProps): ReactNode {
  return <SoftLink {...rest} className={clsx(LINK, className)} />
}

/** A link out of the console: a new tab that learns nothing of us. Give it only http(s) addresses or paths. */
export function ExternalLink({ className, children, ...rest }: ComponentProps<'a'>): ReactNode {
  return (
    <a {...rest} target="_blank" rel="noopener noreferrer" className={clsx(LINK, className)}>
      {children}
    </a>
  )
}
