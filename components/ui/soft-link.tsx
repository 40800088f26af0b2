'use client'
import { useRouter } from 'next/navigation'
import type { ComponentProps, MouseEvent, ReactNode } from 'react'
import { beginNavigation } from './navigation-store.ts'

export interface SoftLinkProps extends Omit<ComponentProps<'a'>, 'href'> {
  /** A path of the console. */
  href: string
  /** Stay where the page is scrolled to. */
  keepScroll?: boolean
}

function isPlainClick(event: MouseEvent<HTMLAnchorElement>): boolean {
  if (event.defaultPrevented || event.button !== 0) return false
  return !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
}

/**
 * A link within the console that changes the page without loading it anew. It prefetches nothing and costs a
 * table of rows next to nothing; everything but a plain click is the browser's.
 */
export function SoftLink({ href, keepScroll = false, onClick, children, ...rest }: SoftLinkProps): ReactNode {
  const router = useRouter()
  return (
    <a
      {...rest}
      href={href}
      onClick={(event) => {
        onClick?.(event)
        if (!isPlainClick(event)) return
        event.preventDefault()
        beginNavigation(href)
        router.push(href, { scroll: !keepScroll })
      }}
    >
      {children}
    </a>
  )
}
