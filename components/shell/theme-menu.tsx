'use client'
import Monitor from 'lucide-react/icons/monitor'
import Moon from 'lucide-react/icons/moon'
import Sun from 'lucide-react/icons/sun'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { MenuButton } from '#components/ui/menu-button.tsx'
import { applyTheme, THEMES } from '#lib/browser/theme.ts'
import type { Theme } from '#lib/browser/theme.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { TOP_BAR_MENU } from './top-bar-menu.ts'

const ICONS = { system: Monitor, light: Sun, dark: Moon }

/** Light, dark, or as the system does. */
export function ThemeMenu({ initialTheme }: { initialTheme: Theme }): ReactNode {
  const { shell } = useMessages()
  const [theme, setTheme] = useState(initialTheme)
  const Icon = ICONS[theme]
  return (
    <MenuButton
      label={`${shell.theme}: ${shell.themes[theme]}`}
      align="end"
      className={TOP_BAR_MENU}
      items={() =>
        THEMES.map((one) => ({
          kind: 'choice',
          key: one,
          label: shell.themes[one],
          checked: one === theme,
          onSelect: () => {
            setTheme(one)
            applyTheme(one)
          },
        }))
      }
    >
      <Icon />
    </MenuButton>
  )
}
