'use client'
import Plus from 'lucide-react/icons/plus'
import X from 'lucide-react/icons/x'
import { useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import type { FormValue } from '#lib/domain/form/form-model.ts'
import { conditionText, isSame } from '#lib/domain/form/typed-value.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { valueFromTyped } from './text-widget.tsx'
import type { WidgetProps } from './widget-props.ts'

interface Row {
  key: number
  text: string
}

function rowsOf(items: FormValue | undefined, firstKey: number): Row[] {
  return (Array.isArray(items) ? items : []).map((item, index) => ({
    key: firstKey + index,
    text: conditionText(item),
  }))
}

function keyAfter(rows: readonly Row[]): number {
  return Math.max(0, ...rows.map((row) => row.key)) + 1
}

/** A list of texts or numbers, an entry a line. Lines left empty are no entries. */
export function ListWidget(props: WidgetProps): ReactNode {
  const { control, id, value, onChange, disabled, invalid, labelledBy, describedBy, label } = props
  const { form } = useMessages()
  const box = useRef<HTMLFieldSetElement>(null)
  const [rows, setRows] = useState(() => rowsOf(value, 0))
  const [known, setKnown] = useState(value)
  // Changed from outside (a preset, the YAML side): follow it.
  if (!isSame(known, value)) {
    setKnown(value)
    setRows(rowsOf(value, keyAfter(rows)))
  }
  const report = (next: Row[]) => {
    setRows(next)
    const items = next
      .filter((row) => row.text !== '')
      .map((row) => valueFromTyped(row.text, control.valueType))
    const list = items.length === 0 ? undefined : items
    setKnown(list)
    onChange(list)
  }
  const focusRow = (index: number) => {
    requestAnimationFrame(() => {
      const inputs = box.current?.querySelectorAll('input') ?? []
      const target = inputs[Math.min(index, inputs.length - 1)] ?? box.current?.querySelector('button')
      target?.focus()
    })
  }
  const add = () => {
    setRows([...rows, { key: keyAfter(rows), text: '' }])
    focusRow(rows.length)
  }
  return (
    <fieldset
      ref={box}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      className="grid min-w-0 gap-1.5"
    >
      {rows.map((row, index) => (
        <div key={row.key} className="flex gap-1">
          <TextField
            id={index === 0 ? id : undefined}
            aria-label={form.entry({ label, position: String(index + 1) })}
            list={control.options.length > 0 ? `${id}-options` : undefined}
            value={row.text}
            disabled={disabled}
            invalid={invalid}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => {
              report(rows.map((one) => (one === row ? { ...row, text: event.target.value } : one)))
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
              event.preventDefault()
              if (row.text !== '') add()
            }}
          />
          {!disabled && (
            <IconButton
              label={form.removeEntry({ position: String(index + 1) })}
              icon={<X />}
              onClick={() => {
                report(rows.filter((one) => one !== row))
                focusRow(index)
              }}
            />
          )}
        </div>
      ))}
      {control.options.length > 0 && (
        <datalist id={`${id}-options`}>
          {control.options.map((option) => (
            <option key={String(option.value)}>{String(option.value)}</option>
          ))}
        </datalist>
      )}
      <div className="flex items-center gap-3">
        {!disabled && (
          <Button size="sm" icon={<Plus className="size-3.5" />} onClick={add}>
            {form.addEntry}
          </Button>
        )}
        {rows.length === 0 && <span className="text-xs text-muted">{form.noEntries}</span>}
      </div>
    </fieldset>
  )
}
