'use client'
import type { ReactNode } from 'react'
import { TextField } from '#components/ui/text-field.tsx'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { EntryErrors } from '../entries/entry-errors.tsx'
import { EntryRows } from '../entries/entry-rows.tsx'
import { NEW_PAIR } from '../entries/pairs.ts'
import type { PairFormat } from '../entries/pairs.ts'
import { useEntries } from '../entries/use-entries.ts'
import { errorsIn } from '../inner-errors.ts'
import { useBroken } from '../use-broken.ts'
import type { WidgetProps } from './widget-props.ts'

/** Keys with their values, a pair a line. */
export function PairsEditor(props: WidgetProps & { format: PairFormat }): ReactNode {
  const { control, id, value, initial, onChange, onBroken, disabled, errors, invalid, label, format } = props
  const { form } = useMessages()
  const [entries, setEntries] = useEntries({
    value,
    onChange,
    read: format.read,
    write: (pairs) => format.write(pairs, initial),
  })
  const pairs = entries.map(({ item }) => item)
  const faults = format.faults(pairs)
  const faultText = (index: number) => {
    const fault = faults.get(index)
    if (fault === undefined) return null
    return fault === 'key' ? form.keyNeeded : form.errors.duplicate({ key: pairs[index]?.key ?? '' })
  }
  const firstFault = faults.keys().next().value
  useBroken(onBroken, firstFault === undefined ? null : faultText(firstFault))
  return (
    <EntryRows
      entries={entries}
      onEntries={setEntries}
      create={() => NEW_PAIR}
      disabled={disabled}
      labelledBy={props.labelledBy}
      describedBy={props.describedBy}
    >
      {({ entry: { key, item }, index, update, actions }) => {
        const path = [...control.path, ...format.pathOf(pairs, index)]
        const fault = faultText(index)
        // What can't be written has no errors of its own: those are of the pair with that key.
        const found = fault === null ? errorsIn(errors, path) : []
        const ofValue = found.filter((one) => one.path.at(-1) === 'value' && one.path.length > path.length)
        const ofKey = found.filter((one) => !ofValue.includes(one))
        const errorId = `${id}-${key}-error`
        const position = String(index + 1)
        const shared = {
          readOnly: disabled,
          autoComplete: 'off',
          spellCheck: false,
          mono: true,
          'aria-describedby': found.length > 0 || fault !== null ? errorId : undefined,
        }
        return (
          <>
            <div className="flex gap-1">
              <TextField
                {...shared}
                aria-label={form.pairKey({ label, position })}
                placeholder={form.key}
                value={item.key}
                invalid={invalid || fault !== null || ofKey.length > 0}
                onChange={(event) => {
                  update({ ...item, key: event.target.value })
                }}
              />
              <TextField
                {...shared}
                aria-label={form.pairValue({ label, position })}
                placeholder={form.value}
                value={item.text}
                invalid={ofValue.length > 0}
                onChange={(event) => {
                  update({ ...item, text: event.target.value })
                }}
              />
              {actions}
            </div>
            <EntryErrors
              id={errorId}
              lines={[...(fault === null ? [] : [fault]), ...found.map(({ text }) => text)]}
            />
          </>
        )
      }}
    </EntryRows>
  )
}
