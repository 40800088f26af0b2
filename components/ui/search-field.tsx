'use client'
import { clsx } from 'clsx'
import Search from 'lucide-react/icons/search'
import X from 'lucide-react/icons/x'
import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'

interface SearchFieldProps {
  /** What is searched for now. */
  value: string
  /** Told 150 ms after the last key, at once on Enter and when cleared. */
  onChange: (value: string) => void
  label: string
  placeholder?: string
  clearLabel: string
  className?: string
}

const SETTLE_MS = 150

/** A search that reports what was typed once it settles. */
export function SearchField(props: SearchFieldProps): ReactNode {
  const { value, onChange, label, placeholder, clearLabel, className } = props
  const [text, setText] = useState(value)
  const [known, setKnown] = useState(value)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  // Changed from outside (back button, "clear filters"): follow it.
  if (known !== value) {
    setKnown(value)
    if (value !== text.trim()) setText(value)
  }
  useEffect(
    () => () => {
      clearTimeout(timer.current)
    },
    [],
  )
  const report = (next: string, delayMs: number) => {
    setText(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      onChange(next.trim())
    }, delayMs)
  }
  return (
    <search className={clsx('relative', className)}>
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-faint" />
      <input
        type="text"
        inputMode="search"
        enterKeyHint="search"
        autoComplete="off"
        spellCheck={false}
        aria-label={label}
        placeholder={placeholder}
        value={text}
        onChange={(event) => {
          report(event.target.value, SETTLE_MS)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') report(text, 0)
          if (event.key === 'Escape' && text !== '') report('', 0)
        }}
        className="control h-8 pr-8 pl-8.5"
      />
      {text !== '' && (
        <button
          type="button"
          aria-label={clearLabel}
          onClick={() => {
            report('', 0)
          }}
          className="absolute top-1 right-1 inline-flex size-6 items-center justify-center rounded-sm text-muted hover:bg-hover hover:text-ink"
        >
          <X className="size-3.5" />
        </button>
      )}
    </search>
  )
}
