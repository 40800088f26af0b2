'use client'
import type { ReactNode } from 'react'
import { TextField } from '#components/ui/text-field.tsx'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { EntryErrors } from '../entries/entry-errors.tsx'
import { EntryRows } from '../entries/entry-rows.tsx'
import {
  NEW_RESOURCE,
  RESOURCE_SIDES,
  SUGGESTED_RESOURCES,
  readResources,
  resourceFaults,
  writeResources,
} from '../entries/resources.ts'
import { useEntries } from '../entries/use-entries.ts'
import { errorsIn } from '../inner-errors.ts'
import { useBroken } from '../use-broken.ts'
import type { WidgetProps } from './widget-props.ts'

const COLUMNS = 'grid grid-cols-[minmax(4rem,1fr)_minmax(0,1fr)_minmax(0,1fr)_2rem] items-center gap-1.5'

/** Requests and limits of each resource, as they are typed. */
export function ResourcesWidget(props: WidgetProps): ReactNode {
  const { control, id, value, initial, onChange, onBroken, disabled, errors, invalid, label } = props
  const { form } = useMessages()
  const [entries, setEntries] = useEntries({
    value,
    onChange,
    read: readResources,
    write: (rows) => writeResources(rows, value, initial),
  })
  const rows = entries.map(({ item }) => item)
  const faults = resourceFaults(rows)
  const faultText = (index: number) => {
    const fault = faults.get(index)
    if (fault === undefined) return null
    return fault === 'key' ? form.resourceNeeded : form.errors.duplicate({ key: rows[index]?.name ?? '' })
  }
  const firstFault = faults.keys().next().value
  useBroken(onBroken, firstFault === undefined ? null : faultText(firstFault))
  return (
    <div className="grid grid-cols-1 gap-1.5">
      <div aria-hidden className={`${COLUMNS} text-xs text-muted`}>
        <span />
        {RESOURCE_SIDES.map((side) => (
          <span key={side}>{form[side]}</span>
        ))}
      </div>
      <EntryRows
        entries={entries}
        onEntries={setEntries}
        create={() => NEW_RESOURCE}
        disabled={disabled}
        labelledBy={props.labelledBy}
        describedBy={props.describedBy}
        addLabel={form.addResource}
      >
        {({ entry: { key, item }, index, update, actions }) => {
          const fault = faultText(index)
          const errorId = `${id}-${key}-error`
          // What can't be written has no errors of its own: those are of the row with that name.
          const bySide = RESOURCE_SIDES.map((side) =>
            fault === null ? errorsIn(errors, [...control.path, side, item.name]) : [],
          )
          const lines = [...(fault === null ? [] : [fault]), ...bySide.flat().map(({ text }) => text)]
          const described = lines.length > 0 ? errorId : undefined
          return (
            <>
              <div className={COLUMNS}>
                {item.isUsual ? (
                  <span className="font-mono text-sm break-words">{item.name}</span>
                ) : (
                  <TextField
                    mono
                    aria-label={form.resourceName({ label, position: String(index + 1) })}
                    aria-describedby={described}
                    list={`${id}-names`}
                    placeholder={form.resource}
                    value={item.name}
                    readOnly={disabled}
                    invalid={fault !== null}
                    autoComplete="off"
                    spellCheck={false}
                    onChange={(event) => {
                      update({ ...item, name: event.target.value.trim() })
                    }}
                  />
                )}
                {RESOURCE_SIDES.map((side, at) => (
                  <TextField
                    key={side}
                    id={index === 0 && at === 0 ? id : undefined}
                    mono
                    aria-label={form.amountOf({
                      label,
                      resource: item.name === '' ? form.resource : item.name,
                      side: form[side],
                    })}
                    aria-describedby={described}
                    placeholder={form.notSet}
                    value={item[side]}
                    readOnly={disabled}
                    invalid={invalid || (bySide[at]?.length ?? 0) > 0}
                    autoComplete="off"
                    spellCheck={false}
                    onChange={(event) => {
                      update({ ...item, [side]: event.target.value.trim() })
                    }}
                  />
                ))}
                {item.isUsual ? null : actions}
              </div>
              <EntryErrors id={errorId} lines={lines} />
            </>
          )
        }}
      </EntryRows>
      <datalist id={`${id}-names`}>
        {SUGGESTED_RESOURCES.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </datalist>
    </div>
  )
}
