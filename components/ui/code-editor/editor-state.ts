import { autocompletion } from '@codemirror/autocomplete'
import { yaml } from '@codemirror/lang-yaml'
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language'
import { lintGutter } from '@codemirror/lint'
import { highlightSelectionMatches, search } from '@codemirror/search'
import { Annotation, EditorState } from '@codemirror/state'
import type { Extension } from '@codemirror/state'
import {
  EditorView,
  drawSelection,
  highlightActiveLineGutter,
  highlightSpecialChars,
  lineNumbers,
} from '@codemirror/view'
import { completionSource } from './editor-completion.ts'
import type { FindOptions } from './editor-completion.ts'
import { editorKeys } from './editor-keys.ts'
import { editorTheme } from './editor-theme.ts'
import { hiddenText } from './hidden-text.ts'
import { pageNonce } from './page-nonce.ts'

/** Marks a change that was given from outside, not typed. */
export const fromOutside = Annotation.define<boolean>()

/** What every view of YAML has, editable or not. */
export function yamlView(phrases: Readonly<Record<string, string>>): Extension {
  return [
    EditorView.cspNonce.of(pageNonce()),
    EditorState.phrases.of(phrases),
    EditorState.tabSize.of(2),
    indentUnit.of('  '),
    lineNumbers(),
    highlightSpecialChars(),
    EditorView.lineWrapping,
    yaml(),
    editorTheme,
  ]
}

/**
 * What an editor of YAML has besides.
 * @param options.onTyped told the whole text after each change by the user
 */
export function yamlEditing(options: {
  find: FindOptions
  onTyped: (text: string) => void
  onIndenting: (isIndenting: boolean) => void
}): Extension {
  return [
    editorKeys(options.onIndenting),
    drawSelection(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    search(),
    bracketMatching(),
    indentOnInput(),
    lintGutter(),
    hiddenText,
    autocompletion({ override: [completionSource(options.find)], icons: false }),
    EditorView.updateListener.of((update) => {
      const isTyped = update.transactions.some((one) => one.annotation(fromOutside) !== true)
      if (update.docChanged && isTyped) options.onTyped(update.state.doc.toString())
    }),
  ]
}
