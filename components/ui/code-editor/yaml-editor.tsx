'use client'
import { setDiagnostics } from '@codemirror/lint'
import { Compartment, EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { clsx } from 'clsx'
import { useEffectEvent, useId, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { ReactNode, Ref } from 'react'
import type { FindOptions } from './editor-completion.ts'
import { clampRange } from './editor-problem.ts'
import type { EditorProblem } from './editor-problem.ts'
import { fromOutside, yamlEditing, yamlView } from './editor-state.ts'
import type { EditorTexts } from './editor-texts.ts'
import { hideText } from './hidden-text.ts'
import { ProblemList } from './problem-list.tsx'
import { textChange } from './text-change.ts'

export interface YamlEditorHandle {
  /** Moves the focus there. */
  focusAt: (offset: number) => void
}

export interface YamlEditorProps {
  /** Of the element that takes the focus; its problems have `<id>-problems`. */
  id?: string
  value: string
  onChange?: (text: string) => void
  /** Its name for screen readers; not needed where `labelledBy` names it. */
  label?: string
  labelledBy?: string | undefined
  describedBy?: string | undefined
  readOnly?: boolean
  invalid?: boolean
  /** What is wrong with this very value. */
  problems?: readonly EditorProblem[]
  /** Lists the problems below the text; off where somebody else tells them. */
  listsProblems?: boolean
  /** Parts that are shown as dots; a new list with each new value. */
  hidden?: readonly { from: number; to: number }[]
  findOptions?: FindOptions
  texts: EditorTexts
  size?: 'sm' | 'lg'
  ref?: Ref<YamlEditorHandle>
}

const NO_PROBLEMS: readonly EditorProblem[] = []
const NO_RANGES: readonly { from: number; to: number }[] = []
const SIZES = {
  sm: '[&_.cm-scroller]:max-h-72 [&_.cm-content]:min-h-20! [&_.cm-gutters]:min-h-20!',
  lg: '[&_.cm-scroller]:max-h-[min(30rem,55vh)] [&_.cm-content]:min-h-40! [&_.cm-gutters]:min-h-40!',
}

/** An editor for YAML. It holds no truth: `value` does. Load it through LazyYamlEditor. */
export function YamlEditor(props: YamlEditorProps): ReactNode {
  const { value, label, labelledBy, readOnly = false, invalid = false, texts, size = 'lg', ref } = props
  const { problems = NO_PROBLEMS, hidden = NO_RANGES, listsProblems = true } = props
  const ownId = useId()
  const id = props.id ?? ownId
  const hintId = `${id}-hint`
  const listId = `${id}-problems`
  const box = useRef<HTMLDivElement>(null)
  const [view, setView] = useState<EditorView | null>(null)
  const [settings] = useState(() => new Compartment())
  const [isIndenting, setIndenting] = useState(false)
  const tell = useEffectEvent((text: string) => props.onChange?.(text))
  const find = useEffectEvent<FindOptions>((text, offset) => props.findOptions?.(text, offset) ?? null)
  const describedBy = [props.describedBy, problems.length > 0 && listsProblems && listId, !readOnly && hintId]
    .filter(Boolean)
    .join(' ')
  const { phrases } = texts
  const current = useMemo(
    () => [
      EditorState.readOnly.of(readOnly),
      EditorView.contentAttributes.of({
        id,
        tabindex: '0',
        ...(labelledBy === undefined ? { 'aria-label': label ?? '' } : { 'aria-labelledby': labelledBy }),
        ...(describedBy !== '' && { 'aria-describedby': describedBy }),
        ...(readOnly && { 'aria-readonly': 'true' }),
        'aria-invalid': String(invalid),
      }),
    ],
    [readOnly, id, labelledBy, label, describedBy, invalid],
  )

  useLayoutEffect(() => {
    const editor = new EditorView({
      parent: box.current ?? document.body,
      extensions: [
        settings.of([]),
        yamlView(phrases),
        yamlEditing({
          find: (text, offset) => find(text, offset),
          onTyped: (text) => {
            tell(text)
          },
          onIndenting: setIndenting,
        }),
      ],
    })
    // Tab moves on until somebody wants it to indent.
    editor.setTabFocusMode(true)
    // Escape stays in here: outside it would close the dialog, and with it what was typed.
    editor.dom.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') event.stopPropagation()
    })
    setView(editor)
    return () => {
      setView(null)
      editor.destroy()
    }
  }, [settings, phrases])
  useLayoutEffect(() => {
    view?.dispatch({ effects: settings.reconfigure(current) })
  }, [view, settings, current])
  useLayoutEffect(() => {
    const changes = view && textChange(view.state.doc.toString(), value)
    if (changes) view.dispatch({ changes, annotations: fromOutside.of(true) })
  }, [view, value])
  useLayoutEffect(() => {
    if (view) hideText(view, { ranges: hidden, label: texts.hidden })
  }, [view, hidden, texts.hidden])
  useLayoutEffect(() => {
    if (view === null) return
    const { length } = view.state.doc
    const found = problems.map((problem) => ({ ...problem, ...clampRange(problem, length) }))
    view.dispatch(setDiagnostics(view.state, found))
  }, [view, problems])

  const focusAt = (offset: number) => {
    if (view === null) return
    const anchor = Math.max(0, Math.min(offset, view.state.doc.length))
    view.focus()
    view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) })
  }
  useImperativeHandle(ref, () => ({ focusAt }))
  return (
    <div className="min-w-0">
      <div
        ref={box}
        className={clsx(
          'overflow-hidden rounded-md border focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-accent',
          invalid ? 'border-bad' : 'border-control',
          SIZES[size],
        )}
      />
      {!readOnly && (
        <p id={hintId} className="mt-1 text-xs text-muted">
          {!isIndenting && props.findOptions !== undefined && `${texts.suggests} `}
          {isIndenting ? texts.indentHint : texts.hint}
        </p>
      )}
      {listsProblems && (
        <ProblemList
          id={listId}
          text={value}
          problems={problems}
          texts={texts}
          onGo={(problem) => {
            focusAt(problem.from)
          }}
        />
      )}
    </div>
  )
}
