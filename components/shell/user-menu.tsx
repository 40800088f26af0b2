'use client'
import { useQuery } from '@tanstack/react-query'
import Info from 'lucide-react/icons/info'
import CircleUserRound from 'lucide-react/icons/circle-user-round'
import type { ReactNode } from 'react'
import { MenuButton } from '#components/ui/menu-button.tsx'
import { PATHS } from '#lib/browser/paths.ts'
import { sessionQuery } from '#lib/browser/queries/session.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { TOP_BAR_MENU } from './top-bar-menu.ts'

/** Who is signed in, and which console this is. */
export function UserMenu(): ReactNode {
  const { shell } = useMessages()
  const { data } = useQuery(sessionQuery)
  const name = data?.user.name ?? ''
  return (
    <MenuButton
      label={`${shell.user}: ${name}`}
      align="end"
      className={TOP_BAR_MENU}
      items={() => [
        { kind: 'heading', key: 'who', label: `${shell.signedInAs} ${name}` },
        ...(data
          ? [
              {
                kind: 'heading',
                key: 'version',
                label: shell.consoleVersion({ version: data.consoleVersion }),
              } as const,
              { kind: 'heading', key: 'server', label: data.platform.server } as const,
            ]
          : []),
        { kind: 'separator', key: 'end' },
        { kind: 'link', key: 'about', label: shell.about, icon: <Info />, href: PATHS.about },
      ]}
    >
      <CircleUserRound />
      <span className="max-w-32 truncate max-lg:hidden">{name}</span>
    </MenuButton>
  )
}
