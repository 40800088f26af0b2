export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The texts of `{en, zh}` by language; none for anything else. */
export function localTexts(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {}
  const { en, zh } = value
  return { ...(typeof en === 'string' ? { en } : {}), ...(typeof zh === 'string' ? { zh } : {}) }
}

/** One text for all languages; undefined where there is none. */
export function plainText(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  const texts = localTexts(value)
  return texts['en'] ?? texts['zh']
}
