'use client'
import ChevronRight from 'lucide-react/icons/chevron-right'
import { use, useState } from 'react'
import type { ReactNode } from 'react'
import { FIELD_GRID } from './field-grid.ts'
import { RevealedContext } from './form-context.ts'

interface FormSectionProps {
  title: string
  description?: string
  /** Of the controls in it: it opens when one of them has an error to show. */
  ids: readonly string[]
  open: boolean
  /** Made when it is opened first: a long "Advanced" costs nothing before. */
  children: () => ReactNode
}

/** A group of fields that opens and closes. */
export function FormSection({ title, description = '', ids, open, children }: FormSectionProps): ReactNode {
  const revealed = use(RevealedContext)
  const [isOpen, setOpen] = useState(open)
  const [wasOpen, setWasOpen] = useState(open)
  const [seen, setSeen] = useState(revealed)
  if (seen !== revealed) {
    setSeen(revealed)
    if (ids.some((id) => revealed.ids.has(id))) setOpen(true)
  }
  if (isOpen && !wasOpen) setWasOpen(true)
  return (
    <details
      open={isOpen}
      onToggle={(event) => {
        setOpen(event.currentTarget.open)
      }}
      className="min-w-0 rounded-md border sm:col-span-2"
    >
      <summary className="flex items-start gap-1.5 rounded-md px-3 py-2 text-sm font-semibold hover:bg-hover">
        <ChevronRight
          aria-hidden
          className="mt-0.5 size-4 shrink-0 text-muted transition-transform in-[details[open]>summary]:rotate-90"
        />
        <span className="min-w-0 break-words">
          {title}
          {description !== '' && <span className="block text-xs font-normal text-muted">{description}</span>}
        </span>
      </summary>
      {wasOpen && (
        <fieldset aria-label={title} className={`${FIELD_GRID} min-w-0 px-3 pt-1 pb-3`}>
          {children()}
        </fieldset>
      )}
    </details>
  )
}
