'use client'
import Languages from 'lucide-react/icons/languages'
import type { ReactNode } from 'react'
import { MenuButton } from '#components/ui/menu-button.tsx'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import { LANGUAGE_NAMES, LANGUAGES, languageTag } from '#lib/i18n/language.ts'
import { TOP_BAR_MENU } from './top-bar-menu.ts'

/** Switches the language in place. */
export function LanguageMenu(): ReactNode {
  const { language, messages, setLanguage } = useI18n()
  return (
    <MenuButton
      label={`${messages.shell.language}: ${LANGUAGE_NAMES[language]}`}
      align="end"
      className={TOP_BAR_MENU}
      items={() =>
        LANGUAGES.map((one) => ({
          kind: 'choice',
          key: one,
          label: <span lang={languageTag(one)}>{LANGUAGE_NAMES[one]}</span>,
          checked: one === language,
          onSelect: () => {
            setLanguage(one)
          },
        }))
      }
    >
      <Languages />
      <span className="max-lg:hidden">{LANGUAGE_NAMES[language]}</span>
    </MenuButton>
  )
}
