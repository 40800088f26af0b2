import type { Json } from '#lib/kinds/object.ts'

/** A term of a command. `path` lists the fields that follow it. */
export type Operand =
  | { readonly type: 'dot'; readonly path: readonly string[]; readonly line: number }
  | {
      readonly type: 'variable'
      readonly name: string
      readonly path: readonly string[]
      readonly line: number
    }
  | { readonly type: 'literal'; readonly value: Json; readonly line: number }
  | { readonly type: 'function'; readonly name: string; readonly line: number }
  | { readonly type: 'group'; readonly pipe: Pipe; readonly path: readonly string[]; readonly line: number }

export interface Pipe {
  /** Variables that take the value; two of them in `range $i, $e := …`. */
  readonly variables: readonly string[]
  /** `=` changes variables that are there, `:=` makes new ones. */
  readonly assigns: boolean
  readonly commands: readonly (readonly Operand[])[]
  readonly line: number
}

export type TemplateNode =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'output'; readonly pipe: Pipe }
  | { readonly type: 'break'; readonly line: number }
  | { readonly type: 'continue'; readonly line: number }
  | {
      readonly type: 'if' | 'with' | 'range'
      readonly pipe: Pipe
      readonly body: readonly TemplateNode[]
      readonly otherwise: readonly TemplateNode[]
    }
