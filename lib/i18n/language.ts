/** The languages the console speaks; English is the first guess where nothing else is known. */
export const LANGUAGES = ['en', 'zh'] as const

export type Language = (typeof LANGUAGES)[number]

/** The cookie that keeps the chosen language. */
export const LANGUAGE_COOKIE = 'language'

/** Each language's own name, as it stands in the switch. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', zh: '简体中文' }

/** The BCP 47 tag for `lang` attributes and Intl. */
export function languageTag(language: Language): string {
  return language === 'zh' ? 'zh-CN' : 'en'
}

/** The language of a cookie's value; null when it names none of ours. */
export function languageOf(value: string | undefined): Language | null {
  return LANGUAGES.find((language) => language === value) ?? null
}

/**
 * The first of ours that an `Accept-Language` header asks for, by weight and then by order.
 * @param header as it came; anything malformed is passed over
 */
export function acceptedLanguage(header: string | null): Language {
  const wishes = (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((part, index) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
      const weight = parameters.map((one) => one.trim()).find((one) => one.startsWith('q='))
      return { primary: tag.split('-')[0], weight: weight ? Number(weight.slice(2)) : 1, index }
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || a.index - b.index)
  for (const { primary } of wishes) {
    const language = languageOf(primary)
    if (language) return language
  }
  return 'en'
}
