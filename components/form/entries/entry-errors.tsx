import type { ReactNode } from 'react'

/** Lines about one input inside a control; point at it with `aria-describedby={id}`. */
export function EntryErrors({ id, lines }: { id: string; lines: readonly string[] }): ReactNode {
  if (lines.length === 0) return null
  return (
    <p id={id} className="mt-0.5 text-xs break-words whitespace-pre-line text-bad">
      {lines.join('\n')}
    </p>
  )
}
