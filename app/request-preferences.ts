import { cookies, headers } from 'next/headers'
import { cache } from 'react'
import { NAVIGATION_COOKIE, THEME_COOKIE, themeOf } from '#lib/browser/theme.ts'
import type { Theme } from '#lib/browser/theme.ts'
import { acceptedLanguage, LANGUAGE_COOKIE, languageOf } from '#lib/i18n/language.ts'
import type { Language } from '#lib/i18n/language.ts'
import type { Messages } from '#lib/i18n/messages/en.ts'
import { messagesOf } from '#lib/i18n/messages-of.ts'

interface RequestPreferences {
  language: Language
  theme: Theme
  isNavigationFolded: boolean
}

/** What this browser has chosen; its first language where it has not. Read once per request. */
export const requestPreferences = cache(async (): Promise<RequestPreferences> => {
  const [jar, head] = await Promise.all([cookies(), headers()])
  return {
    language: languageOf(jar.get(LANGUAGE_COOKIE)?.value) ?? acceptedLanguage(head.get('accept-language')),
    theme: themeOf(jar.get(THEME_COOKIE)?.value),
    isNavigationFolded: jar.get(NAVIGATION_COOKIE)?.value === 'folded',
  }
})

/** All texts in the language of the request. */
export async function requestMessages(): Promise<Messages> {
  return messagesOf((await requestPreferences()).language)
}
