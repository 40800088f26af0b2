import { clsx } from 'clsx'
import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'

const LINK = 'rounded-sm text-accent underline-offset-2 hover:underline'

/** A link within the console. */
export function TextLink({ className, ...rest }: ComponentProps<typeof Link>): ReactNode {
  return <Link prefetch={false} {...rest} className={clsx(LINK, className)} />
}

/** A link out of the console: a new tab that learns nothing of us. Give it only http(s) addresses or paths. */
export function ExternalLink({ className, children, ...rest }: ComponentProps<'a'>): ReactNode {
  return (
    <a {...rest} target="_blank" rel="noopener noreferrer" className={clsx(LINK, className)}>
      {children}
    </a>
  )
}
