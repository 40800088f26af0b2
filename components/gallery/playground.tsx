'use client'
import { useId, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { FieldFrame, describedBy } from '#components/ui/field-frame.tsx'
import { TextArea } from '#components/ui/text-area.tsx'
import type { FormSource } from '#lib/domain/form/compile-form.ts'
import type { FormObject, FormValue } from '#lib/domain/form/form-model.ts'
import { isObject } from '#lib/domain/form/form-path.ts'
import { writeYaml } from '#lib/domain/form/yaml-writing.ts'
import { readYaml } from '#lib/domain/form/yaml-reader.ts'
import type { Descriptor } from '#lib/kinds/plugin-spec.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import type { Messages } from '#lib/i18n/messages/en.ts'
import { yamlFaultText } from '#lib/i18n/yaml-fault-text.ts'
import { GalleryForm } from './gallery-form.tsx'
import { descriptor } from './gallery-row.ts'

const FIRST = {
  descriptors: writeYaml([descriptor('replicas', 'Replicas', 'ui:number')]),
  config: writeYaml({ replicas: 1 }),
}

/** Reads one of the two texts. @returns the value, or why it is none */
function readAs<T>(
  messages: Messages,
  text: string,
  isRight: (value: FormValue) => boolean,
  otherwise: string,
  nothing: T,
): { value: T } | { fault: string } {
  const read = readYaml(text)
  if ('faults' in read) {
    const [first] = read.faults
    const message = yamlFaultText(messages, first)
    const place = { line: String(first.line), column: String(first.column) }
    return { fault: messages.yamlEditor.editor.problemAt({ ...place, message }) }
  }
  if (read.value === undefined) return { value: nothing }
  return isRight(read.value) ? { value: read.value as T } : { fault: otherwise }
}

/** Descriptors and a configuration to be typed in, and the form that they make. The last sound pair stays in sight. */
export function Playground(): ReactNode {
  const messages = useMessages()
  const { gallery } = messages
  const id = useId()
  const [texts, setTexts] = useState(FIRST)
  const descriptors = useMemo(
    () => readAs<Descriptor[]>(messages, texts.descriptors, Array.isArray, gallery.notList, []),
    [messages, gallery, texts.descriptors],
  )
  const config = useMemo(
    () => readAs<FormObject>(messages, texts.config, isObject, gallery.notObject, {}),
    [messages, gallery, texts.config],
  )
  const source = useMemo<FormSource | null>(
    () =>
      'fault' in descriptors || 'fault' in config
        ? null
        : { descriptors: descriptors.value, config: config.value },
    [descriptors, config],
  )
  const parts = { descriptors, config }
  const [shown, setShown] = useState({ key: 0, source: source ?? {} })
  if (source !== null && source !== shown.source) setShown({ key: shown.key + 1, source })
  const field = (name: keyof typeof FIRST) => {
    const part = parts[name]
    const errors = 'fault' in part ? [part.fault] : []
    const fieldId = `${id}-${name}`
    return (
      <FieldFrame id={fieldId} label={gallery[name]} errors={errors}>
        <TextArea
          id={fieldId}
          mono
          rows={12}
          value={texts[name]}
          invalid={errors.length > 0}
          spellCheck={false}
          aria-describedby={describedBy(fieldId, { error: errors.length > 0 })}
          onChange={(event) => {
            setTexts({ ...texts, [name]: event.target.value })
          }}
        />
      </FieldFrame>
    )
  }
  return (
    <div className="grid grid-cols-1 gap-4">
      <p className="text-sm text-muted">{gallery.playgroundIntro}</p>
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        {field('descriptors')}
        {field('config')}
      </div>
      <div>
        <Button
          size="sm"
          onClick={() => {
            setShown({ ...shown, key: shown.key + 1 })
          }}
        >
          {gallery.startOver}
        </Button>
      </div>
      <div className={source === null ? 'opacity-60' : undefined}>
        <GalleryForm key={shown.key} source={shown.source} name={gallery.playground} />
      </div>
    </div>
  )
}
