'use client'
import { Combobox as Base } from '@base-ui/react/combobox'
import { clsx } from 'clsx'
import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down'
import X from 'lucide-react/icons/x'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { ComboboxPopup } from './combobox-popup.tsx'
import type { ComboboxBaseProps } from './combobox.tsx'
import { SHOWN_OPTIONS, matchingOptions, optionOf, valueOfTyped } from './combobox-option.ts'
import type { ComboboxOption } from './combobox-option.ts'

interface MultiComboboxProps extends ComboboxBaseProps {
  /** In the order in which they were chosen. */
  values: readonly string[]
  onChange: (values: string[]) => void
}

const isSameOption = (a: ComboboxOption, b: ComboboxOption) => a.value === b.value

/**
 * Several of the options, found by typing, each with a button that takes it out again. With `allowCreate` what is
 * typed becomes an entry with Enter or by leaving the field.
 */
export function MultiCombobox(props: MultiComboboxProps): ReactNode {
  const { options, values, onChange, texts, allowCreate = false, readOnly = false } = props
  const [typed, setTyped] = useState('')
  const fitting = props.isSearched === true ? [...options] : matchingOptions(options, typed)
  const own = valueOfTyped(options, typed)
  const canAdd = allowCreate && own !== '' && !options.some(({ value }) => value === own)
  const listed = canAdd ? [{ value: own, label: texts.add({ text: own }) }, ...fitting] : fitting
  const chosen = values.map((value) => optionOf(options, value, props.unknown))
  const search = (text: string) => {
    setTyped(text)
    props.onSearch?.(text)
  }
  const take = () => {
    if (own !== '' && !values.includes(own)) onChange([...values, own])
    search('')
  }
  return (
    <Base.Root
      multiple
      items={listed.slice(0, SHOWN_OPTIONS)}
      filter={null}
      value={chosen}
      isItemEqualToValue={isSameOption}
      inputValue={typed}
      autoHighlight={!allowCreate}
      readOnly={readOnly}
      onInputValueChange={(text, details) => {
        if (details.reason === 'escape-key') details.cancel()
        else search(text)
      }}
      onValueChange={(next, details) => {
        if (details.reason !== 'escape-key') {
          onChange(next.map(({ value }) => value))
          return
        }
        // With the list closed, Escape belongs to what is around, not to the values.
        details.cancel()
        details.allowPropagation()
      }}
      onOpenChange={(open, details) => {
        if (readOnly) details.cancel()
        const isLeft = details.reason === 'focus-out' || details.reason === 'outside-press'
        if (!open && isLeft && allowCreate) take()
      }}
    >
      <Base.InputGroup
        data-invalid={props.invalid || undefined}
        data-off={readOnly || undefined}
        className="flex items-start rounded-md border border-control bg-surface text-sm has-[input:focus-visible]:outline-2 has-[input:focus-visible]:-outline-offset-1 has-[input:focus-visible]:outline-accent data-invalid:border-bad data-off:border-line data-off:bg-sunken data-off:text-muted"
      >
        <Base.Chips className="flex min-h-7.5 min-w-0 flex-1 flex-wrap items-center gap-1 p-0.5 pl-1.5">
          {chosen.map((option, index) => (
            <Base.Chip
              // Hand-written lists hold doubles.
              key={`${option.value} ${index}`}
              className={clsx(
                'flex h-6 max-w-full items-center rounded-sm border pl-1.5 text-sm outline-none focus-visible:border-accent',
                option.tone === 'warn' ? 'bg-warn-soft text-warn' : 'bg-sunken',
              )}
            >
              <span className="truncate">{option.label}</span>
              {readOnly ? (
                <span className="w-1.5" />
              ) : (
                <Base.ChipRemove
                  className="icon-btn size-6"
                  aria-label={texts.remove({ label: option.label })}
                >
                  <X className="size-3" />
                </Base.ChipRemove>
              )}
            </Base.Chip>
          ))}
          <Base.Input
            id={props.id}
            aria-label={props['aria-label']}
            aria-labelledby={props['aria-labelledby']}
            aria-describedby={props['aria-describedby']}
            aria-invalid={props.invalid || undefined}
            placeholder={values.length === 0 ? props.placeholder : undefined}
            autoComplete="off"
            spellCheck={false}
            className="h-6 min-w-20 flex-1 bg-transparent pl-1 outline-none"
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.nativeEvent.isComposing || typed === '') return
              if (event.currentTarget.hasAttribute('aria-activedescendant')) return
              // Enter ends the entry, not the form around it.
              event.preventDefault()
              if (allowCreate) take()
            }}
          />
        </Base.Chips>
        {!readOnly && (
          <Base.Trigger className="icon-btn size-7.5" aria-label={texts.open}>
            <ChevronsUpDown className="size-3.5" />
          </Base.Trigger>
        )}
      </Base.InputGroup>
      <ComboboxPopup options={listed} texts={texts} notice={props.notice} isFree={allowCreate} />
    </Base.Root>
  )
}
