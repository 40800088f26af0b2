'use client'
import type { ReactNode } from 'react'
import { TextField } from '#components/ui/text-field.tsx'
import type { FormValue, ValueType } from '#lib/domain/form/form-model.ts'
import { conditionText } from '#lib/domain/form/typed-value.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { EntryErrors } from '../entries/entry-errors.tsx'
import { EntryRows } from '../entries/entry-rows.tsx'
import { useEntries } from '../entries/use-entries.ts'
import { errorsIn } from '../inner-errors.ts'
import { valueFromTyped } from './choice-options.ts'
import type { WidgetProps } from './widget-props.ts'

function readList(value: FormValue | undefined): string[] {
  return (Array.isArray(value) ? value : []).map(conditionText)
}

function writeList(texts: readonly string[], type: ValueType): FormValue | undefined {
  const items = texts.filter((text) => text !== '').map((text) => valueFromTyped(text, type))
  return items.length === 0 ? undefined : items
}

/** A list of texts or numbers, an entry a line. Lines left empty are no entries. */
export function ListWidget(props: WidgetProps): ReactNode {
  const { control, id, value, onChange, disabled, errors, invalid, label } = props
  const { form } = useMessages()
  const [entries, setEntries] = useEntries({
    value,
    onChange,
    read: readList,
    write: (texts) => writeList(texts, control.valueType),
  })
  // Empty lines are not in the value: the place of an entry there is the one among those that are written.
  const placeOf = (index: number) => entries.slice(0, index).filter(({ item }) => item !== '').length
  return (
    <EntryRows
      entries={entries}
      onEntries={setEntries}
      create={() => ''}
      disabled={disabled}
      labelledBy={props.labelledBy}
      describedBy={props.describedBy}
    >
      {({ entry, index, update, add, actions }) => {
        const wrong = entry.item === '' ? [] : errorsIn(errors, [...control.path, placeOf(index)])
        const errorId = `${id}-${entry.key}-error`
        return (
          <>
            <div className="flex gap-1">
              <TextField
                aria-label={form.entry({ label, position: String(index + 1) })}
                aria-describedby={wrong.length > 0 ? errorId : undefined}
                value={entry.item}
                readOnly={disabled}
                invalid={invalid || wrong.length > 0}
                autoComplete="off"
                spellCheck={false}
                placeholder={props.placeholder === '' ? undefined : props.placeholder}
                onChange={(event) => {
                  update(event.target.value)
                }}
                onKeyDown={(event) => {
                  if (event.key !== 'Enter' || event.nativeEvent.isComposing || disabled) return
                  event.preventDefault()
                  if (entry.item !== '') add()
                }}
              />
              {actions}
            </div>
            <EntryErrors id={errorId} lines={wrong.map(({ text }) => text)} />
          </>
        )
      }}
    </EntryRows>
  )
}
