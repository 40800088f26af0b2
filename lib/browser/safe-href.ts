/** A stranger's link, if it leads to http(s) or a path of the platform; else null. */
export function safeHref(href: string | null): string | null {
  if (href === null) return null
  const text = href.trim()
  if (/^\/(?![/\\])/.test(text)) return text
  return /^https?:\/\//i.test(text) && URL.canParse(text) ? text : null
}
