'use client'
import { useQuery } from '@tanstack/react-query'
import FlaskConical from 'lucide-react/icons/flask-conical'
import Menu from 'lucide-react/icons/menu'
import type { ReactNode } from 'react'
import { Badge } from '#components/ui/badge.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'
import { PATHS } from '#lib/browser/paths.ts'
import { sessionQuery } from '#lib/browser/queries/session.ts'
import type { Theme } from '#lib/browser/theme.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { LanguageMenu } from './language-menu.tsx'
import { LiveBadge } from './live-badge.tsx'
import { ProductMark } from './product-mark.tsx'
import { ThemeMenu } from './theme-menu.tsx'
import { UserMenu } from './user-menu.tsx'
import { SoftLink } from '#components/ui/soft-link.tsx'

/** Which platform this is, on which address. */
function Platform(): ReactNode {
  const { shell } = useMessages()
  const { data } = useQuery(sessionQuery)
  if (!data) return null
  const { cluster, server, embedded } = data.platform
  return (
    <>
      <div className="flex min-w-0 items-baseline gap-2 border-l pl-3 text-sm">
        <span className="sr-only">{shell.platform}</span>
        <span data-cut className="max-w-40 truncate font-medium">
          {cluster}
        </span>
        <span data-cut className="truncate font-mono text-xs text-muted max-lg:hidden">
          {server}
        </span>
      </div>
      {embedded && (
        <button
          type="button"
          aria-label={shell.embedded}
          data-tip={shell.embeddedHint}
          data-tip-click=""
          className="rounded-sm"
        >
          <Badge tone="warn" icon={<FlaskConical />}>
            <span className="max-md:sr-only">{shell.embedded}</span>
          </Badge>
        </button>
      )}
    </>
  )
}

/** The bar over every page. */
export function TopBar({ theme, onMenu }: { theme: Theme; onMenu: () => void }): ReactNode {
  const { shell } = useMessages()
  return (
    <header className="sticky top-0 z-30 flex h-12 items-center gap-2 border-b bg-surface px-3">
      <IconButton label={shell.openNavigation} icon={<Menu />} onClick={onMenu} className="md:hidden" />
      <SoftLink
        href={PATHS.clusterPlugins}
        className="flex shrink-0 items-center gap-2 rounded-md pr-1 font-semibold"
      >
        <ProductMark />
        <span className="max-md:sr-only">{shell.product}</span>
      </SoftLink>
      <Platform />
      <div className="ml-auto flex shrink-0 items-center">
        <LiveBadge />
        <LanguageMenu />
        <ThemeMenu initialTheme={theme} />
        <UserMenu />
      </div>
    </header>
  )
}
