import type { CompletionSource } from '@codemirror/autocomplete'

/** One thing that may be typed. */
export interface EditorOption {
  label: string
  /** What is written; the label when absent. */
  insert?: string
  /** Beside the label. */
  detail?: string
  /** A sentence about it. */
  info?: string
  kind: 'key' | 'value'
}

/** What fits at a place: replaces the text from `from` up to there. */
export interface EditorOptions {
  from: number
  options: readonly EditorOption[]
}

/** Finds what fits; null where nothing does. */
export type FindOptions = (text: string, offset: number) => EditorOptions | null

/** The library's completion source that asks `find`. */
export function completionSource(find: FindOptions): CompletionSource {
  return (context) => {
    const found = find(context.state.doc.toString(), context.pos)
    if (found === null || found.options.length === 0) return null
    // Unasked only once something is typed: an empty line is not a question.
    if (!context.explicit && found.from === context.pos) return null
    return {
      from: found.from,
      options: found.options.map(({ label, insert, detail, info, kind }) => ({
        label,
        type: kind === 'key' ? 'property' : 'constant',
        ...(insert !== undefined && { apply: insert }),
        ...(detail !== undefined && detail !== '' && { detail }),
        ...(info !== undefined && info !== '' && { info }),
      })),
    }
  }
}
