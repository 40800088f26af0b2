'use client'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { LazyYamlEditor } from '#components/ui/code-editor/lazy-yaml-editor.tsx'
import { isSame } from '#lib/domain/form/typed-value.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { useBroken } from '../use-broken.ts'
import { readYaml, writeYaml } from '../yaml-value.ts'
import type { WidgetProps } from './widget-props.ts'

/** Any JSON value, written as YAML. What can't be read is told and not taken. */
export function DataWidget(props: WidgetProps): ReactNode {
  const { id, value, onChange, onBroken, disabled, invalid, labelledBy, describedBy } = props
  const { form, yamlEditor } = useMessages()
  const [text, setText] = useState(() => writeYaml(value))
  const [known, setKnown] = useState(value)
  const [fault, setFault] = useState<string | null>(null)
  // Changed from outside (a preset, another control): follow it.
  if (!isSame(known, value)) {
    setKnown(value)
    setText(writeYaml(value))
    setFault(null)
  }
  useBroken(onBroken, fault === null ? null : form.errors.syntax({ message: fault }))
  return (
    <LazyYamlEditor
      id={id}
      value={text}
      labelledBy={labelledBy}
      describedBy={describedBy}
      readOnly={disabled}
      invalid={invalid}
      texts={yamlEditor.editor}
      size="sm"
      onChange={(next) => {
        setText(next)
        const read = readYaml(next)
        setFault('message' in read ? read.message : null)
        if ('message' in read) return
        setKnown(read.value)
        onChange(read.value)
      }}
    />
  )
}
