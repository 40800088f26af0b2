'use client'
import { createContext, use, useCallback, useEffect, useMemo, useState, useTransition } from 'react'
import type { ReactNode } from 'react'
import { LANGUAGE_COOKIE, languageTag } from './language.ts'
import type { Language } from './language.ts'
import type { Messages } from './messages/en.ts'

interface I18n {
  language: Language
  messages: Messages
  /** Switches in place, without a reload, and remembers the choice. */
  setLanguage: (language: Language) => void
}

const I18nContext = createContext<I18n | null>(null)

const loaded = new Map<Language, Promise<Messages>>()

/** A language is a chunk of its own, so that a page carries only the one it speaks. */
function load(language: Language): Promise<Messages> {
  const known = loaded.get(language)
  if (known) return known
  const promise =
    language === 'zh'
      ? import('./messages/zh.ts').then(({ zh }) => zh)
      : import('./messages/en.ts').then(({ en }) => en)
  loaded.set(language, promise)
  promise.catch(() => loaded.delete(language))
  return promise
}

/**
 * Gives its children the texts of a language.
 * @param props.initialLanguage what the server rendered with
 * @param props.onChange called after a switch, for what the server renders in words
 */
export function I18nProvider(props: {
  initialLanguage: Language
  onChange?: (language: Language) => void
  children: ReactNode
}): ReactNode {
  const { initialLanguage, onChange, children } = props
  const [language, set] = useState(initialLanguage)
  const [, startTransition] = useTransition()
  const messages = use(load(language))
  const setLanguage = useCallback(
    (next: Language) => {
      document.cookie = `${LANGUAGE_COOKIE}=${next}; path=/; max-age=31536000; samesite=lax`
      startTransition(() => set(next))
      onChange?.(next)
    },
    [onChange],
  )
  useEffect(() => {
    document.documentElement.lang = languageTag(language)
  }, [language])
  const value = useMemo(() => ({ language, messages, setLanguage }), [language, messages, setLanguage])
  return <I18nContext value={value}>{children}</I18nContext>
}

/** Language, texts and the switch. @throws Error outside an I18nProvider */
export function useI18n(): I18n {
  const i18n = use(I18nContext)
  if (!i18n) throw new Error('useI18n needs an I18nProvider around it')
  return i18n
}

/** All texts in the language of the page. */
export function useMessages(): Messages {
  return useI18n().messages
}

/** The language of the page. */
export function useLanguage(): Language {
  return useI18n().language
}
