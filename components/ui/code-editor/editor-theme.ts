import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const popup = {
  border: '1px solid var(--color-line)',
  borderRadius: 'var(--radius-md)',
  backgroundColor: 'var(--color-raised)',
  color: 'var(--color-ink)',
  boxShadow: 'var(--shadow-float)',
}

const underline = (color: string) => ({
  backgroundImage: 'none',
  textDecoration: `underline wavy ${color} 1px`,
  textDecorationSkipInk: 'none',
  textUnderlineOffset: '3px',
})

/** The colours are the page's own tokens, so that one theme serves light and dark. */
const look = EditorView.theme({
  '&': { backgroundColor: 'var(--color-surface)', color: 'var(--color-ink)', fontSize: 'var(--text-sm)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '1.5', overflow: 'auto' },
  '.cm-content': { padding: '0.5rem 0', caretColor: 'var(--color-ink)' },
  '.cm-line': { padding: '0 0.5rem 0 0.25rem', overflowWrap: 'anywhere' },
  '.cm-cursor': { borderLeftColor: 'var(--color-ink)' },
  '.cm-gutters': {
    backgroundColor: 'var(--color-sunken)',
    color: 'var(--color-faint)',
    borderRight: '1px solid var(--color-line)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLineGutter': { color: 'var(--color-ink)', fontWeight: '600' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--color-accent-soft)',
  },
  '.cm-selectionMatch, .cm-searchMatch': { backgroundColor: 'var(--color-warn-soft)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--color-active)' },
  '.cm-lintRange-error': underline('var(--color-bad)'),
  '.cm-lintRange-warning': underline('var(--color-warn)'),
  '.cm-lintRange-active': { backgroundColor: 'var(--color-bad-soft)' },
  '.cm-lintPoint-error:after': { borderBottomColor: 'var(--color-bad)' },
  '.cm-lintPoint-warning:after': { borderBottomColor: 'var(--color-warn)' },
  '.cm-gutter-lint': { width: '1.1em' },
  '.cm-tooltip': popup,
  '.cm-tooltip-lint': { maxWidth: 'min(32rem, 90vw)' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--color-bad)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--color-warn)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--font-mono)',
    maxWidth: 'min(32rem, 90vw)',
    maxHeight: '14rem',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '0.2rem 0.5rem' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--color-accent-solid)',
    color: 'var(--color-white)',
  },
  '.cm-completionDetail': {
    fontFamily: 'var(--font-sans)',
    fontStyle: 'normal',
    color: 'var(--color-muted)',
  },
  '[aria-selected] > .cm-completionDetail': { color: 'inherit' },
  '.cm-completionInfo': { ...popup, fontFamily: 'var(--font-sans)', whiteSpace: 'pre-line' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-panels': { backgroundColor: 'var(--color-sunken)', color: 'var(--color-ink)' },
  '.cm-panels.cm-panels-bottom': { borderTop: '1px solid var(--color-line)' },
  '.cm-panel.cm-search': { padding: '0.375rem 2rem 0.375rem 0.5rem', fontSize: 'var(--text-xs)' },
  '.cm-panel.cm-search label': { fontSize: 'inherit', minHeight: '1.5rem' },
  '.cm-panel.cm-search [name=close]': { minWidth: '1.5rem', minHeight: '1.5rem', color: 'inherit' },
  '.cm-textfield': {
    fontSize: 'inherit',
    minHeight: '1.5rem',
    backgroundColor: 'var(--color-surface)',
    border: '1px solid var(--color-control)',
    borderRadius: 'var(--radius-sm)',
    color: 'var(--color-ink)',
  },
  '.cm-button': {
    fontSize: 'inherit',
    minHeight: '1.5rem',
    backgroundImage: 'none',
    backgroundColor: 'var(--color-surface)',
    border: '1px solid var(--color-control)',
    borderRadius: 'var(--radius-sm)',
    color: 'var(--color-ink)',
  },
  '.cm-hidden-text': {
    borderRadius: 'var(--radius-sm)',
    backgroundColor: 'var(--color-sunken)',
    color: 'var(--color-muted)',
  },
})

const highlights = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--color-accent)' },
  { tag: tags.comment, color: 'var(--color-muted)', fontStyle: 'italic' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--color-good)' },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword, tags.atom], color: 'var(--color-warn)' },
  { tag: [tags.punctuation, tags.separator, tags.meta, tags.bracket], color: 'var(--color-muted)' },
  { tag: tags.invalid, color: 'var(--color-bad)' },
])

/** How an editor looks, in both themes. */
export const editorTheme: Extension = [look, syntaxHighlighting(highlights)]
