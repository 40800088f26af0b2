'use client'
import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import Plus from 'lucide-react/icons/plus'
import X from 'lucide-react/icons/x'
import { useLayoutEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { keyAfter } from './use-entries.ts'
import type { Entry } from './use-entries.ts'

/** What a row is drawn with. */
export interface EntryRow<T> {
  entry: Entry<T>
  index: number
  update: (item: T) => void
  /** Adds an entry at the end and goes there. */
  add: () => void
  /** Buttons of the row; null where nothing may change. */
  actions: ReactNode
}

interface EntryRowsProps<T> {
  entries: readonly Entry<T>[]
  onEntries: (next: Entry<T>[]) => void
  create: () => T
  disabled: boolean
  labelledBy: string
  describedBy: string | undefined
  /** Entries have an order that counts. */
  canMove?: boolean
  addLabel?: string
  children: (row: EntryRow<T>) => ReactNode
}

/** What gets the focus once the rows are drawn again. */
interface FocusTarget {
  index: number
  /** The first of them that is there; else the button that adds. */
  selectors: readonly string[]
}

const FIELDS = ':is(input, textarea, select, button):not(:disabled)'

/** Rows of inputs with buttons to add, remove and move them; it keeps the focus and says aloud what happened. */
export function EntryRows<T>(props: EntryRowsProps<T>): ReactNode {
  const { entries, onEntries, create, disabled, canMove = false, children } = props
  const { form } = useMessages()
  const box = useRef<HTMLFieldSetElement>(null)
  const [target, setTarget] = useState<FocusTarget | null>(null)
  const [said, setSaid] = useState('')
  useLayoutEffect(() => {
    if (target === null) return
    const { index, selectors } = target
    const rows = box.current?.querySelectorAll<HTMLElement>(':scope > [data-entries] > [data-entry]') ?? []
    const row = rows[Math.min(index, rows.length - 1)]
    const found = selectors.map((one) => row?.querySelector<HTMLElement>(one)).find((one) => one)
    const button = box.current?.querySelector<HTMLElement>(':scope > div > [data-add]')
    ;(found ?? button)?.focus()
  }, [target])
  const add = () => {
    setTarget({ index: entries.length, selectors: [FIELDS] })
    setSaid(form.entryAdded({ position: String(entries.length + 1) }))
    onEntries([...entries, { key: keyAfter(entries), item: create() }])
  }
  const remove = (index: number) => {
    // Not a field: there the next Enter would send the whole form.
    setTarget({ index, selectors: ['[data-remove]'] })
    setSaid(form.entryRemoved({ position: String(index + 1), count: String(entries.length - 1) }))
    onEntries(entries.filter((_, at) => at !== index))
  }
  const move = (index: number, by: -1 | 1) => {
    const next = [...entries]
    const [moved] = next.splice(index, 1)
    if (moved === undefined) return
    next.splice(index + by, 0, moved)
    setTarget({ index: index + by, selectors: [`[data-move='${by}']:enabled`, '[data-move]:enabled'] })
    setSaid(form.entryMoved({ from: String(index + 1), to: String(index + by + 1) }))
    onEntries(next)
  }
  const update = (index: number, item: T) => {
    onEntries(entries.map((entry, at) => (at === index ? { ...entry, item } : entry)))
  }
  const actionsOf = (index: number) => {
    const position = String(index + 1)
    return (
      <span className="flex shrink-0">
        {canMove && (
          <>
            <IconButton
              label={form.moveUp({ position })}
              icon={<ArrowUp />}
              data-move="-1"
              disabled={index === 0}
              onClick={() => {
                move(index, -1)
              }}
            />
            <IconButton
              label={form.moveDown({ position })}
              icon={<ArrowDown />}
              data-move="1"
              disabled={index === entries.length - 1}
              onClick={() => {
                move(index, 1)
              }}
            />
          </>
        )}
        <IconButton
          label={form.removeEntry({ position })}
          icon={<X />}
          data-remove
          onClick={() => {
            remove(index)
          }}
        />
      </span>
    )
  }
  return (
    <fieldset
      ref={box}
      aria-labelledby={props.labelledBy}
      aria-describedby={props.describedBy}
      className="grid min-w-0 grid-cols-1 gap-1.5"
    >
      {entries.length > 0 && (
        <div data-entries className="grid grid-cols-1 gap-1.5">
          {entries.map((entry, index) => (
            <div key={entry.key} data-entry className="min-w-0">
              {children({
                entry,
                index,
                update: (item) => {
                  update(index, item)
                },
                add,
                actions: disabled ? null : actionsOf(index),
              })}
            </div>
          ))}
        </div>
      )}
      <div className="flex items-center gap-3">
        {!disabled && (
          <Button data-add size="sm" icon={<Plus aria-hidden className="size-3.5" />} onClick={add}>
            {props.addLabel ?? form.addEntry}
          </Button>
        )}
        {entries.length === 0 && <span className="text-xs text-muted">{form.noEntries}</span>}
      </div>
      <output className="sr-only">{said}</output>
    </fieldset>
  )
}
