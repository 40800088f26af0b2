import { clsx } from 'clsx'
import type { ReactNode } from 'react'

const PATHS = {
  arrowUp: 'M12 19V5M5 12l7-7 7 7',
  arrowRight: 'M5 12h14M12 5l7 7-7 7',
  chevronDown: 'm6 9 6 6 6-6',
  chevronRight: 'm9 6 6 6-6 6',
  check: 'M4 12.5 9.5 18 20 7',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7.5V12l3 2',
  cross: 'M6 6l12 12M18 6 6 18',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  question: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M9.3 9.2a2.8 2.8 0 0 1 5.4.9c0 1.9-2.7 2.4-2.7 3.7M12 17h.01',
  slash: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M5.7 5.7l12.6 12.6',
  sort: 'M8 9l4-4 4 4M8 15l4 4 4-4',
  triangle: 'M12 4 2.8 20h18.4zM12 10v4.5M12 17.2h.01',
} as const

export type GlyphName = keyof typeof PATHS

/**
 * A small sign for rows that repeat: one path, drawn by the style sheet, so that a table of them stays light.
 * Decoration; the words stand beside it.
 */
export function Glyph({ name, className }: { name: GlyphName; className?: string }): ReactNode {
  return (
    <svg aria-hidden viewBox="0 0 24 24" className={clsx('glyph', className ?? 'size-3.5')}>
      <path d={PATHS[name]} />
    </svg>
  )
}
