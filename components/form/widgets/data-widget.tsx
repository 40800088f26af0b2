'use client'
import { useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { LazyYamlEditor } from '#components/ui/code-editor/lazy-yaml-editor.tsx'
import type { FormValue } from '#lib/domain/form/form-model.ts'
import { isSameJson } from '#lib/domain/same-json.ts'
import { writeYaml } from '#lib/domain/form/yaml-writing.ts'
import { readYaml } from '#lib/domain/form/yaml-reader.ts'
import type { YamlFault } from '#lib/domain/form/yaml-reader.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { yamlFaultProblems, yamlFaultText } from '#lib/i18n/yaml-fault-text.ts'
import { useBroken } from '../use-broken.ts'
import type { WidgetProps } from './widget-props.ts'

const NO_FAULTS: readonly YamlFault[] = []

function textOf(value: FormValue | undefined): string {
  return value === undefined ? '' : writeYaml(value).trimEnd()
}

/** Any JSON value, written as YAML. What can't be read is told and not taken. */
export function DataWidget(props: WidgetProps): ReactNode {
  const { id, value, onChange, onBroken, disabled, invalid, labelledBy, describedBy } = props
  const messages = useMessages()
  const { editor: texts } = messages.yamlEditor
  const [text, setText] = useState(() => textOf(value))
  const [known, setKnown] = useState(value)
  const [faults, setFaults] = useState(NO_FAULTS)
  // Changed from outside (a preset, another control): follow it.
  if (!isSameJson(known, value)) {
    setKnown(value)
    setText(textOf(value))
    setFaults(NO_FAULTS)
  }
  const problems = useMemo(() => yamlFaultProblems(messages, faults), [messages, faults])
  const first = faults[0]
  useBroken(
    onBroken,
    first === undefined
      ? null
      : texts.problemAt({
          line: String(first.line),
          column: String(first.column),
          message: yamlFaultText(messages, first),
        }),
  )
  return (
    <LazyYamlEditor
      id={id}
      value={text}
      labelledBy={labelledBy}
      describedBy={describedBy}
      readOnly={disabled}
      invalid={invalid}
      problems={problems}
      listsProblems={false}
      texts={texts}
      size="sm"
      onChange={(next) => {
        setText(next)
        const reading = readYaml(next)
        if ('faults' in reading) {
          setFaults(reading.faults)
          return
        }
        setFaults(NO_FAULTS)
        setKnown(reading.value)
        onChange(reading.value)
      }}
    />
  )
}
