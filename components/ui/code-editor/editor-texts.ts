/** The words of an editor, in the language of the page. */
export interface EditorTexts {
  /** The library's own phrases, by their English wording. */
  phrases: Readonly<Record<string, string>>
  /** Below the editor where it suggests. */
  suggests: string
  /** Below the editor while Tab moves on, and while it indents. */
  hint: string
  indentHint: string
  /** A problem and where it is; lines and columns count from 1. */
  problemAt: (at: { line: string; column: string; message: string }) => string
  moreProblems: (left: { count: string }) => string
  /** What stands in place of a hidden text. */
  hidden: string
}

/** The words of a comparison, in the language of the page. */
export interface DiffTexts {
  phrases: Readonly<Record<string, string>>
  same: string
  /** Unfolds what does not differ. */
  showAll: string
  /** The list of differences, for those who can't see the two texts beside each other. */
  differences: (all: { count: string }) => string
  removed: (at: { line: string; text: string }) => string
  added: (at: { line: string; text: string }) => string
  replaced: (at: { line: string; before: string; after: string }) => string
  moreDifferences: (left: { count: string }) => string
}
