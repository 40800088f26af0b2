'use client'
import type { ReactNode } from 'react'
import { Glyph } from '#components/ui/glyph.tsx'
import { MenuButton } from '#components/ui/menu-button.tsx'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

/** The look of a toolbar's menu button. */
export const FILTER_BUTTON =
  'inline-flex h-8 items-center gap-1.5 rounded-md border border-control/60 bg-surface px-2.5 text-sm whitespace-nowrap transition-colors hover:bg-hover aria-expanded:bg-active'

interface FilterMenuProps<T extends string> {
  label: string
  values: readonly T[]
  chosen: readonly T[]
  wordOf: (value: T) => string
  /** Rows that each would leave; undefined counts as none. */
  counts: Partial<Record<T, number>>
  onChange: (chosen: T[]) => void
}

/** A filter of several values, with how many rows each has; those that no row has are left out. */
export function FilterMenu<T extends string>(props: FilterMenuProps<T>): ReactNode {
  const { label, values, chosen, wordOf, counts, onChange } = props
  const { plugins } = useMessages()
  const [first] = chosen
  return (
    <MenuButton
      label={label}
      isNamed
      className={FILTER_BUTTON}
      items={() =>
        values
          .filter((value) => counts[value] || chosen.includes(value))
          .map((value) => ({
            kind: 'check',
            key: value,
            label: wordOf(value),
            hint: counts[value] ?? 0,
            checked: chosen.includes(value),
            onChange: (isChosen) => {
              onChange(values.filter((one) => (one === value ? isChosen : chosen.includes(one))))
            },
          }))
      }
    >
      <span className={first === undefined ? undefined : 'text-muted'}>{label}</span>
      {first !== undefined && (
        <span className="font-medium text-accent">
          {chosen.length === 1 ? wordOf(first) : plugins.selected({ count: chosen.length })}
        </span>
      )}
      <Glyph name="chevronDown" className="size-3.5 text-muted" />
    </MenuButton>
  )
}
