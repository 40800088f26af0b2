'use client'
import { Combobox as Base } from '@base-ui/react/combobox'
import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down'
import X from 'lucide-react/icons/x'
import { useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { ComboboxPopup } from './combobox-popup.tsx'
import { SHOWN_OPTIONS, matchingOptions, optionOf, valueOfTyped } from './combobox-option.ts'
import type { ComboboxOption, ComboboxTexts } from './combobox-option.ts'

/** What one and several have in common. */
export interface ComboboxBaseProps {
  id?: string
  options: readonly ComboboxOption[]
  /** The options already fit what `onSearch` told; they are not searched again. */
  isSearched?: boolean
  /** Told what is typed into the closed or open list, `''` when it is put back. */
  onSearch?: (text: string) => void
  /** How to show a chosen value that no option has; as it is when left out. */
  unknown?: (value: string) => ComboboxOption
  texts: ComboboxTexts
  /** Above the list: that it is loading, why there is none. */
  notice?: ReactNode
  /** Takes what is typed where no option fits. */
  allowCreate?: boolean
  placeholder?: string
  /** Can be reached and read, not changed. */
  readOnly?: boolean
  invalid?: boolean
  'aria-label'?: string
  'aria-labelledby'?: string
  'aria-describedby'?: string | undefined
}

interface ComboboxProps extends ComboboxBaseProps {
  /** null: nothing is chosen. */
  value: string | null
  onChange: (value: string | null) => void
  /** Has a button that empties it. */
  clearable?: boolean
}

const isSameOption = (a: ComboboxOption, b: ComboboxOption) => a.value === b.value

/**
 * A text field with a list: one of the options, found by typing. A value that no option has is shown as it is. With
 * `allowCreate` what is typed is the value from the first letter on, so nothing is lost however the field is left.
 */
export function Combobox(props: ComboboxProps): ReactNode {
  const { options, value, onChange, texts, allowCreate = false, clearable = false, readOnly = false } = props
  const selected = value === null ? null : optionOf(options, value, props.unknown)
  const [typed, setTyped] = useState<string | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const isFilter = typed !== null && props.isSearched !== true
  const fitting = isFilter ? matchingOptions(options, typed) : options
  const search = (text: string | null) => {
    setTyped(text)
    props.onSearch?.(text ?? '')
  }
  return (
    <Base.Root
      items={fitting.slice(0, SHOWN_OPTIONS)}
      filter={null}
      value={selected}
      isItemEqualToValue={isSameOption}
      inputValue={typed ?? selected?.label ?? ''}
      autoHighlight={!allowCreate}
      readOnly={readOnly}
      onInputValueChange={(text, details) => {
        // With the list closed, Escape belongs to what is around, not to the value.
        if (details.reason === 'escape-key') details.cancel()
        else if (details.reason === 'input-change') {
          search(text)
          if (allowCreate) onChange(text.trim() === '' ? null : valueOfTyped(options, text))
        } else search(null)
      }}
      onValueChange={(next, details) => {
        if (details.reason === 'escape-key') {
          details.cancel()
          details.allowPropagation()
        } else if (next !== null) onChange(next.value)
        else if (clearable || allowCreate) onChange(null)
        // Emptied to search for another one.
        else details.cancel()
      }}
      onOpenChange={(_open, details) => {
        if (readOnly) details.cancel()
      }}
      onOpenChangeComplete={(open) => {
        if (!open) search(null)
      }}
    >
      <Base.InputGroup className="relative flex">
        <Base.Input
          ref={input}
          id={props.id}
          aria-label={props['aria-label']}
          aria-labelledby={props['aria-labelledby']}
          aria-describedby={props['aria-describedby']}
          aria-invalid={props.invalid || undefined}
          placeholder={props.placeholder}
          autoComplete="off"
          spellCheck={false}
          className={`control h-8 truncate pl-2.5 ${clearable ? 'pr-14' : 'pr-8'}`}
          onKeyDown={(event) => {
            const isSearching = typed !== null && !event.currentTarget.hasAttribute('aria-activedescendant')
            if (event.key === 'Enter' && isSearching && !allowCreate) event.preventDefault()
          }}
        />
        <span className="absolute inset-y-0 right-0.5 flex items-center">
          {clearable && value !== null && !readOnly && (
            <button
              type="button"
              className="icon-btn size-6"
              aria-label={texts.clear}
              onClick={() => {
                search(null)
                onChange(null)
                // The button goes away with the value.
                input.current?.focus()
              }}
            >
              <X className="size-3.5" />
            </button>
          )}
          {!readOnly && (
            <Base.Trigger className="icon-btn size-7" aria-label={texts.open}>
              <ChevronsUpDown className="size-3.5" />
            </Base.Trigger>
          )}
        </span>
      </Base.InputGroup>
      <ComboboxPopup options={fitting} texts={texts} notice={props.notice} isFree={allowCreate} />
    </Base.Root>
  )
}
