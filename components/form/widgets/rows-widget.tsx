'use client'
import { clsx } from 'clsx'
import { useCallback, useLayoutEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import type { FormValue, RowForm } from '#lib/domain/form/form-model.ts'
import { isAtOrBelow } from '#lib/domain/form/form-path.ts'
import { editRow, newRow, rowStates } from '#lib/domain/form/row-state.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { EntryErrors } from '../entries/entry-errors.tsx'
import { EntryRows } from '../entries/entry-rows.tsx'
import { useEntries } from '../entries/use-entries.ts'
import { useFormState } from '../form-context.ts'
import { errorsIn } from '../inner-errors.ts'
import { FixedContext } from '../owner-context.ts'
import { RowView } from './row-view.tsx'
import type { EditRowField } from './row-view.tsx'
import type { WidgetProps } from './widget-props.ts'

/** Rows of up to this many short fields are lines of a table, others are cards. */
const COLUMNS = ['', '', 'sm:grid-cols-2', 'sm:grid-cols-3', 'sm:grid-cols-4']
const SHORT_KINDS = new Set([
  'text',
  'number',
  'select',
  'switch',
  'password',
  'quantity',
  'duration',
  'picker',
])

function isTable({ controls, layout }: RowForm): boolean {
  return (
    layout.length < COLUMNS.length &&
    layout.every((node) => node.type === 'control') &&
    controls.every(
      (control) => SHORT_KINDS.has(control.kind) && !control.multiple && control.when.length === 0,
    )
  )
}

const NO_ROW: RowForm = { controls: [], layout: [] }

/** A list of objects, with a small form for each. */
export function RowsWidget(props: WidgetProps): ReactNode {
  const { control, id, value, initial, onChange, disabled, errors, label } = props
  const { form } = useMessages()
  const { config, areAllTold, touched } = useFormState()
  const [entries, setEntries] = useEntries<FormValue>({
    value,
    onChange,
    read: (list) => (Array.isArray(list) ? list : []),
    write: (items) => [...items],
  })
  const states = rowStates(control, config, control.path)
  const row = control.row ?? NO_ROW
  const isLine = isTable(row)
  const latest = useRef<EditRowField>(() => {})
  useLayoutEffect(() => {
    latest.current = (key, field, next) => {
      const index = entries.findIndex((entry) => entry.key === key)
      const change = { path: control.path, index, field: field.path, value: next, before: initial }
      const list = editRow(control, config, change)
      if (Array.isArray(list)) setEntries(entries.map((entry, at) => ({ ...entry, item: list[at] ?? null })))
    }
  })
  const edit = useCallback<EditRowField>((...parameters) => {
    latest.current(...parameters)
  }, [])
  return (
    <FixedContext value={disabled}>
      <EntryRows
        entries={entries}
        onEntries={setEntries}
        create={() => newRow(control, config, control.path)}
        disabled={disabled}
        labelledBy={props.labelledBy}
        describedBy={props.describedBy}
        canMove
      >
        {({ entry: { key, item }, index, actions }) => {
          const state = states[index]
          if (state === undefined) return null
          const name = form.entry({ label, position: String(index + 1) })
          const faults = errorsIn(errors, state.path)
          const isPlaced = (path: (typeof faults)[number]['path']) =>
            state.controls.some((one) => state.shown.has(one.id) && isAtOrBelow(path, one.path))
          const isTold = areAllTold || touched.has(id)
          const loose = isTold ? faults.filter((one) => !isPlaced(one.path)) : []
          const view = (
            <RowView
              row={row}
              state={state}
              item={item}
              id={`${id}-${key}`}
              faults={faults}
              rowKey={key}
              edit={edit}
              isCompact={isLine}
            />
          )
          return (
            <fieldset aria-label={name} className={clsx('min-w-0 rounded-md border', isLine ? 'p-2' : 'p-3')}>
              {isLine ? (
                <div className="flex flex-wrap items-end justify-end gap-x-1 gap-y-1 sm:flex-nowrap">
                  <div
                    className={clsx(
                      'grid min-w-0 grow basis-full grid-cols-1 items-start gap-2 sm:basis-auto',
                      COLUMNS[row.layout.length],
                    )}
                  >
                    {view}
                  </div>
                  {actions}
                </div>
              ) : (
                <>
                  <div className="mb-2 flex items-center justify-between gap-2">
                    <span className="min-w-0 text-xs font-medium break-words text-muted">{name}</span>
                    {actions}
                  </div>
                  {view}
                </>
              )}
              <EntryErrors id={`${id}-${key}-error`} lines={loose.map(({ text }) => text)} />
            </fieldset>
          )
        }}
      </EntryRows>
    </FixedContext>
  )
}
