'use client'
import { useMemo } from 'react'
import type { ReactNode } from 'react'
import type { EditorProblem } from '#components/ui/code-editor/editor-problem.ts'
import { YamlEditor } from '#components/ui/code-editor/yaml-editor.tsx'
import { writeYaml } from '#lib/domain/form/yaml-writing.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { yamlFaultProblems } from '#lib/i18n/yaml-fault-text.ts'
import type { ValuesDraft } from './use-values-override.ts'
import { readOverride } from './values-override.ts'

/** Edits `spec.valuesOverride` as YAML. */
export function ValuesEditor({ draft }: { draft: ValuesDraft }): ReactNode {
  const messages = useMessages()
  const texts = messages.yamlEditor
  const { before } = draft
  const start = useMemo(
    () => (before === undefined || Object.keys(before).length === 0 ? '' : writeYaml(before)),
    [before],
  )
  const text = draft.text ?? start
  const problems = useMemo((): EditorProblem[] => {
    const reading = readOverride(text)
    if ('faults' in reading) return yamlFaultProblems(messages, reading.faults)
    if (!('wrong' in reading)) return []
    return reading.wrong.map(({ chart, range }) => ({
      ...range,
      severity: 'error',
      message: texts.values.notMap({ chart }),
    }))
  }, [text, messages, texts])
  return (
    <YamlEditor
      label={texts.values.label}
      value={text}
      onChange={(next) => {
        const reading = readOverride(next)
        draft.write(next, 'values' in reading ? reading.values : null)
      }}
      problems={problems}
      invalid={problems.length > 0}
      texts={texts.editor}
      size="sm"
    />
  )
}
