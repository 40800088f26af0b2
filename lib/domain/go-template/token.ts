import type { Json } from '#lib/kinds/object.ts'

/** One word of an action. `gap` tells whether white space stood before it: `.a.b` is one term, `.a .b` are two. */
export type Token = { readonly line: number; readonly gap: boolean } & (
  | { readonly type: 'name'; readonly text: string }
  | { readonly type: 'field'; readonly text: string }
  | { readonly type: 'variable'; readonly text: string }
  | { readonly type: 'literal'; readonly value: Json }
  | { readonly type: 'symbol'; readonly text: '(' | ')' | '|' | ',' | ':=' | '=' | '.' }
)

/** A template cut at its delimiters. */
export type Segment =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'action'; readonly tokens: readonly Token[]; readonly line: number }
