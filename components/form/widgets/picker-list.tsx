'use client'
import RefreshCw from 'lucide-react/icons/refresh-cw'
import { useLayoutEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import type { ComboboxOption } from '#components/ui/combobox-option.ts'
import { Combobox } from '#components/ui/combobox.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'
import { MultiCombobox } from '#components/ui/multi-combobox.tsx'
import type { FormValue } from '#lib/domain/form/form-model.ts'
import { conditionText, isEmpty } from '#lib/domain/form/typed-value.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import type { LiveOption, LiveOptions, ReadyOptions } from '../live-resources.ts'
import type { WidgetProps } from './widget-props.ts'

/** The value as a list of names; what is no list counts as its one entry. */
function itemsOf(value: FormValue | undefined): FormValue[] {
  if (isEmpty(value) || value === undefined) return []
  return Array.isArray(value) ? value : [value]
}

function optionOf({ value, label, facts, refusal }: LiveOption): ComboboxOption {
  const hint = refusal ?? facts.join(' · ')
  return { value, label, hint, disabled: refusal !== undefined }
}

/** What is wrong with chosen values: they are not there, or can't be picked any more. */
function warnings(live: ReadyOptions, values: readonly string[]): string[] {
  return values.flatMap((value) => {
    const option = live.options.find((one) => one.value === value)
    if (option !== undefined) return option.refusal ?? []
    return live.isSearched === true ? [] : (live.missing?.(value) ?? [])
  })
}

interface PickerListProps extends WidgetProps {
  live: Exclude<LiveOptions, { state: 'unavailable' }>
  onSearch: (text: string) => void
  /** It takes the place of a text field, and its focus where that had it. */
  isAwaited?: boolean
}

/** Objects to pick from, one or several; what is chosen stays shown, with a warning where it is not there. */
export function PickerList(props: PickerListProps): ReactNode {
  const { live, onSearch, isAwaited = false, control, id, value, onChange, describedBy } = props
  const { form, picker } = useMessages()
  const first = useRef({ isAwaited, id })
  useLayoutEffect(() => {
    const isLost = document.activeElement === document.body
    if (first.current.isAwaited && isLost) document.getElementById(first.current.id)?.focus()
  }, [])
  const items = itemsOf(value)
  const names = items.map(conditionText)
  const ready = live.state === 'ready' ? live : null
  const isReading = ready === null || ready.isRefreshing === true
  const wrong = ready === null ? [] : warnings(ready, names)
  const below = [...wrong, ...(ready?.note === undefined ? [] : [ready.note])]
  const common = {
    id,
    options: (ready?.options ?? []).map(optionOf),
    isSearched: ready?.isSearched ?? false,
    onSearch,
    unknown: (own: string): ComboboxOption => ({
      value: own,
      label: own,
      ...(ready?.missing !== undefined && { tone: 'warn' }),
    }),
    texts: form.combobox,
    notice:
      ready === null || (ready.isCut && ready.isRefreshing === true)
        ? picker.loading
        : ready.isCut && ready.isSearched !== true
          ? picker.cut({ count: String(ready.options.length) })
          : undefined,
    allowCreate: control.allowCreate,
    placeholder: props.placeholder === '' ? picker.choose : props.placeholder,
    readOnly: props.disabled,
    invalid: props.invalid,
    'aria-labelledby': props.labelledBy,
    'aria-describedby':
      [describedBy, below.length > 0 && `${id}-note`].filter(Boolean).join(' ') || undefined,
  }
  // Names that stood there before stay what they were, of whatever type.
  const asBefore = (name: string): FormValue => items.find((item) => conditionText(item) === name) ?? name
  return (
    <div className="grid grid-cols-1 gap-1">
      <div className="flex items-start gap-1">
        <div className="min-w-0 flex-1">
          {control.multiple ? (
            <MultiCombobox
              {...common}
              values={names}
              onChange={(next) => {
                onChange(next.length === 0 ? undefined : next.map(asBefore))
              }}
            />
          ) : (
            <Combobox
              {...common}
              value={names[0] ?? null}
              clearable={control.clearable || control.rules.required !== true}
              onChange={(next) => {
                onChange(next ?? undefined)
              }}
            />
          )}
        </div>
        {/* There while it loads, too: the field keeps its width. */}
        {(ready === null || ready.refresh !== undefined) && !props.disabled && (
          <IconButton
            label={picker.refresh({ label: props.label })}
            icon={<RefreshCw className={isReading ? 'animate-spin' : undefined} />}
            aria-disabled={isReading}
            onClick={ready?.refresh}
          />
        )}
      </div>
      {below.length > 0 && (
        <div aria-live="polite" id={`${id}-note`} className="grid text-xs break-words text-warn">
          {below.map((line, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- lines have no identity
            <span key={index}>{line}</span>
          ))}
        </div>
      )}
    </div>
  )
}
