'use client'
import { Fragment } from 'react'
import type { ReactNode } from 'react'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { Glyph } from '#components/ui/glyph.tsx'
import { SoftLink } from '#components/ui/soft-link.tsx'

interface PageHeaderProps {
  /** From the outermost in; those with an address are links. The page itself comes last, by its title. */
  crumbs: readonly { label: string; href?: string }[]
  title: ReactNode
  /** A picture before the title. */
  picture?: ReactNode
  /** Beside the title, such as badges. */
  beside?: ReactNode
  intro?: ReactNode
  /** At the right end. */
  actions?: ReactNode
}

/** Where the reader is, what the page is called, and what can be done with it. */
export function PageHeader({ crumbs, title, picture, beside, intro, actions }: PageHeaderProps): ReactNode {
  const { shell } = useMessages()
  return (
    <div className="mb-4">
      <nav aria-label={shell.breadcrumbs} className="mb-1.5">
        <ol className="flex flex-wrap items-center gap-1 text-xs text-muted">
          {[{ label: shell.administrator }, ...crumbs].map(({ label, href }, index) => (
            <Fragment key={label}>
              {index > 0 && (
                <li aria-hidden>
                  <Glyph name="chevronRight" className="size-3" />
                </li>
              )}
              <li className="min-w-0 wrap-anywhere">
                {href === undefined ? (
                  label
                ) : (
                  <SoftLink href={href} className="rounded-sm hover:text-ink hover:underline">
                    {label}
                  </SoftLink>
                )}
              </li>
            </Fragment>
          ))}
        </ol>
      </nav>
      <div className="flex items-start justify-between gap-x-4 gap-y-2 max-sm:flex-wrap">
        <div className="flex min-w-0 items-start gap-3">
          {picture}
          <div className="min-w-0">
            <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
              <h1 className="min-w-0 text-xl font-semibold wrap-anywhere">{title}</h1>
              {beside}
            </div>
            {intro !== undefined && (
              <div className="mt-0.5 max-w-3xl text-sm wrap-anywhere text-muted">{intro}</div>
            )}
          </div>
        </div>
        {actions !== undefined && (
          <div className="flex shrink-0 flex-wrap items-center justify-end gap-2">{actions}</div>
        )}
      </div>
    </div>
  )
}
