import type { MessageTree } from '../tree.ts'

/** What the editor's library says, by its English wording. */
const phrases = {
  Completions: 'Completions',
  Diagnostics: 'Diagnostics',
  'No diagnostics': 'No diagnostics',
  'Control character': 'Control character',
  'Selection deleted': 'Selection deleted',
  close: 'close',
  Find: 'Find',
  Replace: 'Replace',
  next: 'next',
  previous: 'previous',
  all: 'all',
  'match case': 'match case',
  regexp: 'regexp',
  'by word': 'by word',
  replace: 'replace',
  'replace all': 'replace all',
  'replaced match on line $': 'replaced match on line $',
  'replaced $ matches': 'replaced $ matches',
  'current match': 'current match',
  'on line': 'on line',
  'Go to line': 'Go to line',
  go: 'go',
  '$ unchanged lines': '$ unchanged lines',
}

/** The YAML side of a form. */
export const yamlEditor = {
  editor: {
    phrases,
    hint: 'Ctrl+Space suggests, Ctrl+F searches, Tab leaves the editor; Ctrl+M (Mac: ⇧⌥M) has Tab indent.',
    indentHint: 'Tab indents now. Escape, then Tab leaves the editor.',
    problemAt: ({ line, column, message }: { line: string; column: string; message: string }) =>
      `Line ${line}, column ${column}: ${message}`,
    moreProblems: ({ count }: { count: string }) => `${count} more problems.`,
    hidden: 'Hidden password',
  },
  diff: {
    phrases,
    same: 'Nothing differs.',
    differences: ({ count }: { count: string }) =>
      count === '1' ? 'One difference:' : `${count} differences:`,
    removed: ({ line, text }: { line: string; text: string }) => `Line ${line}, removed: ${text}`,
    added: ({ line, text }: { line: string; text: string }) => `Line ${line}, added: ${text}`,
    replaced: ({ line, before, after }: { line: string; before: string; after: string }) =>
      `Line ${line}, ${before} becomes ${after}`,
    moreDifferences: ({ count }: { count: string }) => `${count} more differences.`,
  },
} satisfies MessageTree
