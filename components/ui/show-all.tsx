'use client'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'

interface ShowAllProps<T> {
  items: readonly T[]
  /** How many are shown before somebody asks for the rest; a few more are shown at once. */
  most: number
  /** Text of the button. */
  label: (count: number) => string
  children: (shown: readonly T[]) => ReactNode
}

/** The first of a long list, and a button that shows the rest. */
export function ShowAll<T>({ items, most, label, children }: ShowAllProps<T>): ReactNode {
  const [isAll, setAll] = useState(false)
  const isShort = isAll || items.length <= most * 1.5
  return (
    <div>
      {children(isShort ? items : items.slice(0, most))}
      {!isShort && (
        <Button
          size="sm"
          variant="ghost"
          className="mt-1"
          onClick={() => {
            setAll(true)
          }}
        >
          {label(items.length)}
        </Button>
      )}
    </div>
  )
}
