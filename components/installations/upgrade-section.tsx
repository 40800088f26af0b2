'use client'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

/** So many are shown at first. */
const FIRST = 50

interface UpgradeSectionProps<T> {
  title: string
  text: string
  items: readonly T[]
  /** Longer lists are closed at first. */
  openUpTo: number
  /** What can be done with all of them at once. */
  actions?: ReactNode
  children: (item: T) => ReactNode
}

/** One kind of thing that an upgrade does to the parameters; not there when there is none. */
export function UpgradeSection<T>(props: UpgradeSectionProps<T>): ReactNode {
  const { title, text, items, openUpTo, actions, children } = props
  const { upgrade: texts } = useMessages()
  const [isWhole, setWhole] = useState(false)
  if (items.length === 0) return null
  const shown = isWhole ? items : items.slice(0, FIRST)
  return (
    <Disclosure summary={<h3 className="text-sm font-medium">{title}</h3>} open={items.length <= openUpTo}>
      {() => (
        <>
          <p className="text-sm text-muted">{text}</p>
          {actions !== undefined && <p className="mt-1 flex flex-wrap gap-2">{actions}</p>}
          <ul className="divide-y divide-line">{shown.map(children)}</ul>
          {shown.length < items.length && (
            <Button
              size="sm"
              onClick={() => {
                setWhole(true)
              }}
            >
              {texts.showAll({ count: items.length })}
            </Button>
          )}
        </>
      )}
    </Disclosure>
  )
}
