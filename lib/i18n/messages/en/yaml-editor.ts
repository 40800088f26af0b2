import type { MessageTree } from '../tree.ts'

interface FaultWords {
  /** The key, tag or number in question. */
  text: string
  message: string
}

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
    suggests: 'Ctrl+Space suggests what fits.',
    hint: 'Ctrl+F searches. Tab leaves the editor; Ctrl+M (Mac: ⇧⌥M) lets Tab indent.',
    indentHint: 'Tab indents now. Escape, then Tab leaves the editor.',
    problemAt: ({ line, column, message }: { line: string; column: string; message: string }) =>
      `Line ${line}, column ${column}: ${message}`,
    moreProblems: ({ count }: { count: string }) =>
      count === '1' ? 'One more problem.' : `${count} more problems.`,
    hidden: 'Hidden password',
  },
  pane: {
    label: 'Configuration (spec.config) as YAML',
    about: 'The whole configuration. Comments stay here while this dialog is open; they are not sent.',
    reading: 'Opening the editor…',
    showPasswords: 'Show passwords',
    fixFirst: 'The YAML can’t be read yet: correct it before going back to the form.',
    atPath: ({ path, message }: { path: string; message: string }) => `${path}: ${message}`,
    isDefault: 'default',
  },
  values: {
    title: 'Chart values that win over the form',
    about:
      'Optional (spec.valuesOverride): for each chart, by its name in the plugin’s version, Helm values that are laid over what the plugin makes of the configuration.',
    label: 'Chart values (spec.valuesOverride) as YAML',
    notMap: ({ chart }: { chart: string }) => `${chart}: it must be a map of values.`,
    broken: 'The chart values can’t be read.',
    isSet: 'set',
  },
  faults: {
    syntax: ({ message }: FaultWords) => `This is no valid YAML: ${message}`,
    tooLong: ({ text }: FaultWords) => `The text is longer than ${text} characters.`,
    tooDeep: () => 'This is nested too deeply.',
    tooMuch: () => 'Aliases (*) make too much of this.',
    directive: () => 'Only YAML 1.2 is read; take the %YAML line away.',
    duplicateKey: ({ text }: FaultWords) => `The key “${text}” is there twice.`,
    forbiddenKey: ({ text }: FaultWords) => `“${text}” can’t be a key.`,
    keyNotText: ({ text }: FaultWords) =>
      `Keys are texts: put ${text === '' ? 'it' : `“${text}”`} into quotes.`,
    mergeKey: () => 'Merge keys (<<) are not read; write out what they stand for.',
    tag: ({ text }: FaultWords) => `Tags such as ${text} are not read.`,
    unknownAlias: ({ text }: FaultWords) => `Nothing is named &${text}.`,
    notJson: ({ text }: FaultWords) => `${text} is no number that a configuration can hold.`,
    bigNumber: ({ text }: FaultWords) =>
      `${text} is too large to be kept exactly as a number; as a text it needs quotes.`,
    notMap: () => 'This must be a map: keys with their values.',
  },
  /** By the reader's own codes; the reader's English words stand where none fits. */
  syntax: {
    BAD_INDENT: 'the indentation does not fit, or a bracket is not closed',
    BAD_SCALAR_START: 'a text that begins with this character needs quotes',
    BAD_DQ_ESCAPE: 'this escape (\\) is unknown in double quotes',
    BLOCK_AS_IMPLICIT_KEY: 'a second “: ” on one line; put the text into quotes',
    BLOCK_IN_FLOW: 'dashes and indented keys can’t stand inside brackets',
    MISSING_CHAR: 'something is missing: a colon behind a key, a closing quote or bracket',
    MULTILINE_IMPLICIT_KEY: 'the key and its colon must stand on one line',
    MULTIPLE_DOCS: 'there must be one document only, without “---”',
    TAB_AS_INDENT: 'lines are indented with spaces, not with tabs',
    UNEXPECTED_TOKEN: 'this is not expected here; look at quotes and indentation',
    KEY_OVER_1024_CHARS: 'the key is too long',
  },
  diff: {
    phrases,
    showAll: 'Show all lines',
    same: 'Nothing differs.',
    differences: ({ count }: { count: string }) =>
      count === '1' ? 'One difference:' : `${count} differences:`,
    removed: ({ line, text }: { line: string; text: string }) => `Line ${line}, removed: ${text}`,
    added: ({ line, text }: { line: string; text: string }) => `Line ${line}, added: ${text}`,
    replaced: ({ line, before, after }: { line: string; before: string; after: string }) =>
      `Line ${line}, ${before} becomes ${after}`,
    moreDifferences: ({ count }: { count: string }) =>
      count === '1' ? 'One more difference.' : `${count} more differences.`,
  },
} satisfies MessageTree
