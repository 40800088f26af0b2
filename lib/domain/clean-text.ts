/** C0 and C1 controls, bidirectional overrides and isolates, invisible marks: nothing that a plugin's text needs. */
const UNWANTED = /(?![\n\t])[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu

/**
 * A stranger's text made safe to show: control and direction-changing characters removed, at most `longest`
 * characters (the rest becomes an ellipsis). Line breaks and tabs stay.
 */
export function cleanText(text: string, longest: number): string {
  // Cut first: a text of megabytes must not be scanned whole. Twice the length leaves room for what is removed.
  const head = text.slice(0, longest * 2 + 1)
  const cleaned = head.replaceAll(UNWANTED, '').toWellFormed()
  if (cleaned.length <= longest && head.length === text.length) return cleaned
  // No half of a surrogate pair at the end.
  return `${cleaned.slice(0, longest - 1).replace(/[\ud800-\udbff\ufffd]+$/, '')}…`
}

/** The same for a name or a title: on one line. */
export function cleanLine(text: string, longest: number): string {
  return cleanText(
    text
      .slice(0, longest * 4 + 1)
      .replaceAll(/\s+/g, ' ')
      .trim(),
    longest,
  )
}
