export const THEMES = ['system', 'light', 'dark'] as const

export type Theme = (typeof THEMES)[number]

/** The cookie that keeps the chosen theme, so that the server renders with it and nothing flashes. */
export const THEME_COOKIE = 'theme'

/** The cookie that remembers that the navigation is folded. */
export const NAVIGATION_COOKIE = 'navigation'

/** The theme of a cookie's value; as the system does when it names none. */
export function themeOf(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? 'system'
}

/** Remembers a choice of this browser for a year. Values are plain words. */
export function rememberChoice(cookie: string, value: string): void {
  document.cookie = `${cookie}=${value}; path=/; max-age=31536000; samesite=lax`
}

/** Applies a theme at once and remembers it. */
export function applyTheme(theme: Theme): void {
  const root = document.documentElement
  if (theme === 'system') delete root.dataset['theme']
  else root.dataset['theme'] = theme
  rememberChoice(THEME_COOKIE, theme)
}
