'use client'
import type { ReactNode } from 'react'
import { Select } from '#components/ui/select.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { EntryErrors } from '../entries/entry-errors.tsx'
import { EntryRows } from '../entries/entry-rows.tsx'
import {
  NEW_TOLERATION,
  TOLERATION_EFFECTS,
  TOLERATION_OPERATORS,
  readTolerations,
  tolerationText,
  withTolerationField,
  writeTolerations,
} from '../entries/toleration.ts'
import type { TolerationField } from '../entries/toleration.ts'
import { useEntries } from '../entries/use-entries.ts'
import { errorsIn } from '../inner-errors.ts'
import type { WidgetProps } from './widget-props.ts'

/** The options, and what stands there though it is none of them. */
function withCurrent(options: readonly string[], current: string): string[] {
  return options.includes(current) ? [...options] : [...options, current]
}

/** The tolerations of a Pod, a line each. */
export function TolerationsWidget(props: WidgetProps): ReactNode {
  const { control, id, value, onChange, disabled, errors, invalid, label } = props
  const { form } = useMessages()
  const [entries, setEntries] = useEntries({
    value,
    onChange,
    read: readTolerations,
    write: writeTolerations,
  })
  return (
    <EntryRows
      entries={entries}
      onEntries={setEntries}
      create={() => NEW_TOLERATION}
      disabled={disabled}
      labelledBy={props.labelledBy}
      describedBy={props.describedBy}
      addLabel={form.addToleration}
    >
      {({ entry: { key, item }, index, update, actions }) => {
        const position = String(index + 1)
        const found = errorsIn(errors, [...control.path, index])
        const errorId = `${id}-${key}-error`
        const isWrong = (field: TolerationField) => found.some((one) => one.path.at(-1) === field)
        const isWholeWrong = found.some((one) => one.path.length === control.path.length + 1)
        const common = (field: TolerationField) => ({
          'aria-label': form.tolerationField({ label, position, field: form.toleration[field] }),
          'aria-describedby': found.length > 0 ? errorId : undefined,
          invalid: invalid || isWholeWrong || isWrong(field),
        })
        const text = (field: TolerationField) => ({
          ...common(field),
          placeholder: form.toleration[field],
          value: tolerationText(item, field),
          readOnly: disabled,
          autoComplete: 'off',
          spellCheck: false,
          onChange: (event: { target: { value: string } }) => {
            update(withTolerationField(item, field, event.target.value))
          },
        })
        const choice = (field: 'operator' | 'effect', options: readonly string[]) => ({
          ...common(field),
          readOnly: disabled,
          value: tolerationText(item, field),
          options: withCurrent(options, tolerationText(item, field)).map((one) => ({
            value: one,
            label: one === '' ? form.allEffects : one,
          })),
          onChange: (next: string) => {
            update(withTolerationField(item, field, next))
          },
        })
        const isExists = tolerationText(item, 'operator') === 'Exists'
        const isTimed = tolerationText(item, 'effect') === 'NoExecute'
        return (
          <>
            <div className="flex items-start gap-1">
              <div className="grid min-w-0 flex-1 grid-cols-2 gap-1 sm:grid-cols-[minmax(0,2fr)_6rem_minmax(0,1fr)_10rem]">
                <TextField {...text('key')} mono className="col-span-2 sm:col-span-1" />
                <Select {...choice('operator', TOLERATION_OPERATORS)} />
                {isExists ? <span className="hidden sm:block" /> : <TextField {...text('value')} mono />}
                <Select {...choice('effect', TOLERATION_EFFECTS)} />
                {isTimed && (
                  <label className="flex items-center gap-2 text-xs text-muted sm:col-start-4">
                    <span className="shrink-0">{form.toleration.tolerationSeconds}</span>
                    <TextField {...text('tolerationSeconds')} placeholder="" inputMode="numeric" />
                  </label>
                )}
              </div>
              {actions}
            </div>
            <EntryErrors id={errorId} lines={found.map((one) => one.text)} />
          </>
        )
      }}
    </EntryRows>
  )
}
