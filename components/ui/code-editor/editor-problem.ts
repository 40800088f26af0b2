/** Something about a part of the text, in the user's language; offsets count UTF-16 units. */
export interface EditorProblem {
  from: number
  to: number
  severity: 'error' | 'warning'
  message: string
}

/** The part of a text that a problem is about; offsets beyond the text are moved inside. */
export function clampRange(
  range: { from: number; to: number },
  length: number,
): { from: number; to: number } {
  const from = Math.max(0, Math.min(range.from, length))
  return { from, to: Math.max(from, Math.min(range.to, length)) }
}
