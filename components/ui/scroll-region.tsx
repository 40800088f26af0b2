import type { ComponentProps, ReactNode } from 'react'

/** A part that scrolls by itself; reachable by keyboard, so it needs a name (`aria-label`). */
export function ScrollRegion({ children, ...rest }: ComponentProps<'section'>): ReactNode {
  return (
    // Not every browser lets the keyboard into a scroller that holds only text.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section {...rest} tabIndex={0}>
      {children}
    </section>
  )
}
