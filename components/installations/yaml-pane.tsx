'use client'
import { useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react'
import type { ReactNode, Ref } from 'react'
import type { RefusedValue } from '#components/form/form-faults.ts'
import { Checkbox } from '#components/ui/checkbox.tsx'
import type { FindOptions } from '#components/ui/code-editor/editor-completion.ts'
import { YamlEditor } from '#components/ui/code-editor/yaml-editor.tsx'
import type { YamlEditorHandle } from '#components/ui/code-editor/yaml-editor.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import type { FormModel, FormObject } from '#lib/domain/form/form-model.ts'
import { getAt, parsePath } from '#lib/domain/form/form-path.ts'
import { isSameJson } from '#lib/domain/same-json.ts'
import { applyToYaml } from '#lib/domain/form/yaml-document.ts'
import { yamlOptions } from '#lib/domain/form/yaml-options.ts'
import { readYamlMap } from '#lib/domain/form/yaml-reader.ts'
import { locateSecrets } from '#lib/domain/form/yaml-secrets.ts'
import { writeYaml } from '#lib/domain/form/yaml-writing.ts'
import { hideSecrets, secretPaths } from '#lib/domain/hide-secrets.ts'
import { pick } from '#lib/domain/local-text.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import type { ConfigDraft } from './use-config-draft.ts'
import { yamlProblems } from './yaml-problems.ts'
import { YamlView } from './yaml-view.tsx'

export interface YamlPaneHandle {
  /** Moves to the first thing that is wrong. @returns whether there is none */
  check: () => boolean
}

export interface YamlPaneProps {
  draft: ConfigDraft
  form: FormModel
  current?: FormObject | undefined
  refused: readonly RefusedValue[]
  /** The whole object that a configuration makes, to be looked at. */
  objectOf?: ((config: FormObject) => unknown) | undefined
  ref?: Ref<YamlPaneHandle>
}

const DOTS = '••••••••'

/** What is said about values that are still as they were when it was said. */
function useStanding(refused: readonly RefusedValue[], config: FormObject | null): readonly RefusedValue[] {
  const [seen, setSeen] = useState({ refused, config })
  if (seen.refused !== refused) setSeen({ refused, config })
  return useMemo(
    () =>
      refused.filter(({ path }) => {
        const steps = parsePath(path) ?? []
        return isSameJson(getAt(config ?? {}, steps), getAt(seen.config ?? {}, steps))
      }),
    [refused, config, seen],
  )
}

/** The configuration as YAML, to be edited: with its errors in place and what may be written. */
export function YamlPane(props: YamlPaneProps): ReactNode {
  const { draft, form, current, refused, objectOf, ref } = props
  const { language, messages } = useI18n()
  const { yamlEditor: texts, installations } = messages
  const editor = useRef<YamlEditorHandle>(null)
  const [showsPasswords, setShowsPasswords] = useState(false)
  const { asked } = draft
  const text = useMemo(() => {
    if (asked === null) return draft.text ?? ''
    return draft.text === null ? writeYaml(asked) : applyToYaml(draft.text, asked)
  }, [asked, draft.text])
  const reading = useMemo(
    () => (asked === null && draft.reading !== null ? draft.reading : readYamlMap(text)),
    [asked, draft.reading, text],
  )
  const standing = useStanding(refused, draft.config)
  const own = useMemo(
    () => yamlProblems({ messages, reading, form, current, refused: [] }),
    [messages, reading, form, current],
  )
  const problems = useMemo(
    () =>
      standing.length === 0 ? own : yamlProblems({ messages, reading, form, current, refused: standing }),
    [own, messages, reading, form, current, standing],
  )
  const secrets = useMemo(() => secretPaths(form), [form])
  const hidden = useMemo(
    () => (showsPasswords ? [] : locateSecrets(text, reading, secrets)),
    [showsPasswords, text, reading, secrets],
  )
  const findOptions: FindOptions = (written, offset) => {
    const found = yamlOptions(form, written, offset)
    return (
      found && {
        from: found.from,
        options: found.options.map((option) => ({
          kind: option.kind,
          label: option.text,
          insert: option.insert,
          detail: [pick(option.label, language), option.isDefault ? texts.pane.isDefault : '']
            .filter((word) => word !== '' && word !== option.text)
            .join(', '),
          info: pick(option.description, language),
        })),
      }
    )
  }
  // Refused just now: to the first of it. What was refused before this was opened takes no focus.
  const told = useRef(refused)
  useEffect(() => {
    if (told.current === refused) return
    told.current = refused
    const first = problems[0]
    if (refused.length > 0 && first !== undefined) editor.current?.focusAt(first.from)
  }, [refused, problems])
  useImperativeHandle(ref, () => ({
    // What the server refused may be right by now: it is asked again.
    check: () => {
      const first = own[0]
      if (first !== undefined) editor.current?.focusAt(first.from)
      return first === undefined
    },
  }))
  const { config } = draft
  return (
    <div className="grid grid-cols-1 gap-3">
      {secrets.length > 0 && (
        <Checkbox label={texts.pane.showPasswords} checked={showsPasswords} onChange={setShowsPasswords} />
      )}
      <YamlEditor
        ref={editor}
        label={texts.pane.label}
        value={text}
        onChange={(written) => {
          draft.onYaml(written, readYamlMap(written))
        }}
        problems={problems}
        invalid={problems.length > 0}
        hidden={hidden}
        findOptions={findOptions}
        texts={texts.editor}
      />
      {objectOf !== undefined && config !== null && (
        <Disclosure summary={installations.whatIsCreated}>
          {() => (
            <div className="grid grid-cols-1 gap-2 text-sm text-muted">
              <p>{installations.willBeCreated}</p>
              <p>{installations.annotationsAdded}</p>
              <YamlView
                value={objectOf(
                  showsPasswords ? config : (hideSecrets(config, [], secrets, () => DOTS) as FormObject),
                )}
                label={installations.yamlLabel}
              />
            </div>
          )}
        </Disclosure>
      )}
    </div>
  )
}
