import { MergeView, unifiedMergeView } from '@codemirror/merge'
import { EditorState } from '@codemirror/state'
import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { DIFF_LIMITS } from './differences.ts'
import { yamlView } from './editor-state.ts'

export interface DiffInput {
  original: string
  modified: string
  originalLabel: string
  modifiedLabel: string
  phrases: Readonly<Record<string, string>>
  /** Folds long stretches in which nothing differs. */
  isFolded: boolean
}

const FOLDS = { margin: 3, minSize: 4 }

const look = EditorView.theme({
  '.cm-changedLine, .cm-inlineChangedLine': { backgroundColor: 'var(--color-good-soft) !important' },
  '&.cm-merge-a .cm-changedLine, .cm-deletedChunk': { backgroundColor: 'var(--color-bad-soft) !important' },
  '.cm-changedText, .cm-insertedLine': {
    background: 'none !important',
    textDecoration: 'underline 2px var(--color-good)',
    textDecorationSkipInk: 'none',
  },
  '&.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText, .cm-deletedLine': {
    background: 'none !important',
    textDecoration: 'underline 2px var(--color-bad)',
    textDecorationSkipInk: 'none',
  },
  '.cm-changedLineGutter': { backgroundColor: 'var(--color-good) !important' },
  '&.cm-merge-a .cm-changedLineGutter, .cm-deletedLineGutter': {
    backgroundColor: 'var(--color-bad) !important',
  },
  '.cm-collapsedLines': {
    background: 'var(--color-sunken) !important',
    color: 'var(--color-muted) !important',
    padding: '0.25rem 0.5rem !important',
  },
})

function side(label: string, phrases: DiffInput['phrases']): Extension {
  return [
    yamlView(phrases),
    look,
    EditorState.readOnly.of(true),
    EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': 'true', tabindex: '0' }),
  ]
}

/** The two texts beside each other. @returns what takes it away again */
export function showSideBySide(parent: HTMLElement, input: DiffInput): () => void {
  const view = new MergeView({
    parent,
    a: { doc: input.original, extensions: side(input.originalLabel, input.phrases) },
    b: { doc: input.modified, extensions: side(input.modifiedLabel, input.phrases) },
    ...(input.isFolded && { collapseUnchanged: FOLDS }),
    diffConfig: DIFF_LIMITS,
  })
  return () => {
    view.destroy()
    view.dom.remove()
  }
}

/** The modified text with what went away in between. @returns what takes it away again */
export function showUnified(parent: HTMLElement, input: DiffInput): () => void {
  const view = new EditorView({
    parent,
    doc: input.modified,
    extensions: [
      side(input.modifiedLabel, input.phrases),
      unifiedMergeView({
        original: input.original,
        mergeControls: false,
        ...(input.isFolded && { collapseUnchanged: FOLDS }),
        diffConfig: DIFF_LIMITS,
      }),
    ],
  })
  return () => {
    view.destroy()
  }
}
