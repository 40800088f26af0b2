import { Chunk } from '@codemirror/merge'
import { Text } from '@codemirror/state'

/** Lines of the original that became other lines; either may be empty. */
export interface Difference {
  /** Line number, from 1: in the modified text, or in the original where lines only went away. */
  line: number
  before: readonly string[]
  after: readonly string[]
}

/** Bounds what comparing two long and very different texts costs. */
export const DIFF_LIMITS = { scanLimit: 500, timeout: 500 }

function linesOf(text: Text, from: number, to: number): string[] {
  // A chunk ends behind its last line's break, which the text's last line does not have.
  return from === to ? [] : text.sliceString(from, to - 1).split('\n')
}

/** What differs between two texts, by lines, in order. A blank line more or less may be passed over. */
export function differences(original: string, modified: string): Difference[] {
  const a = Text.of(original.split('\n'))
  const b = Text.of(modified.split('\n'))
  return (
    Chunk.build(a, b, DIFF_LIMITS)
      .map(({ fromA, toA, fromB, toB }) => ({
        line: fromB === toB ? a.lineAt(fromA).number : b.lineAt(fromB).number,
        before: linesOf(a, fromA, toA),
        after: linesOf(b, fromB, toB),
      }))
      // Now and then the library has a chunk in which nothing differs.
      .filter(({ before, after }) => before.length !== after.length || before.join('\n') !== after.join('\n'))
  )
}
