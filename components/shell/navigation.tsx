'use client'
import { clsx } from 'clsx'
import PackageUp from 'lucide-react/icons/upload'
import Puzzle from 'lucide-react/icons/puzzle'
import Server from 'lucide-react/icons/server'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { navigationItems } from './navigation-items.ts'
import { SoftLink } from '#components/ui/soft-link.tsx'

const ICONS = { plugins: Puzzle, upload: PackageUp, clusters: Server }

interface NavigationProps {
  isFolded: boolean
  /** Told when a page was chosen. */
  onChoose?: () => void
}

/** The list of pages; only icons when folded. */
export function Navigation({ isFolded, onChoose }: NavigationProps): ReactNode {
  const messages = useMessages()
  const pathname = usePathname()
  return (
    <nav aria-label={messages.shell.navigation} className={clsx('flex-1', isFolded ? 'px-2 py-3' : 'p-3')}>
      {!isFolded && (
        <p className="px-2 pb-2 text-xs font-semibold text-muted">{messages.shell.administrator}</p>
      )}
      {navigationItems(messages).map((group) => (
        <div key={group.title} className="mb-3">
          {isFolded ? (
            <div className="mx-2 mb-2 border-t first:border-0" />
          ) : (
            <p className="px-2 pb-1 text-xs text-faint">{group.title}</p>
          )}
          <ul className="space-y-0.5">
            {group.items.map((item) => {
              const isCurrent = pathname === item.href || pathname.startsWith(`${item.href}/`)
              const Icon = ICONS[item.icon]
              return (
                <li key={item.href}>
                  <SoftLink
                    href={item.href}
                    onClick={onChoose}
                    aria-current={isCurrent ? 'page' : undefined}
                    aria-label={isFolded ? item.label : undefined}
                    data-tip={isFolded ? item.label : undefined}
                    data-tip-is-label={isFolded ? '' : undefined}
                    className={clsx(
                      'flex h-8 items-center gap-2.5 rounded-md text-sm transition-colors',
                      isFolded ? 'justify-center' : 'px-2',
                      isCurrent ? 'bg-accent-soft font-medium text-accent' : 'text-ink hover:bg-active',
                    )}
                  >
                    <Icon className="size-4 shrink-0" />
                    {!isFolded && <span className="truncate">{item.label}</span>}
                  </SoftLink>
                </li>
              )
            })}
          </ul>
        </div>
      ))}
    </nav>
  )
}
