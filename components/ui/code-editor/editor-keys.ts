import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { lintKeymap } from '@codemirror/lint'
import { searchKeymap } from '@codemirror/search'
import { Prec } from '@codemirror/state'
import type { Extension } from '@codemirror/state'
import { keymap } from '@codemirror/view'
import type { EditorView } from '@codemirror/view'

/**
 * The keys. Tab moves the focus on, as everywhere; Ctrl-M has it indent instead, until Escape.
 * @param onIndenting told whether Tab indents
 */
export function editorKeys(onIndenting: (isIndenting: boolean) => void): Extension {
  const indent = (isIndenting: boolean) => (view: EditorView) => {
    view.setTabFocusMode(!isIndenting)
    onIndenting(isIndenting)
    return true
  }
  return [
    history(),
    closeBrackets(),
    Prec.high(keymap.of([{ key: 'Ctrl-m', mac: 'Shift-Alt-m', run: indent(true) }])),
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...searchKeymap,
      ...lintKeymap,
      ...historyKeymap,
      ...defaultKeymap,
      indentWithTab,
    ]),
    Prec.lowest(keymap.of([{ key: 'Escape', run: indent(false) }])),
  ]
}
