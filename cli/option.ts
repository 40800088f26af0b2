/** A flag: parsing, help, completion and documentation all come from this. */
export interface OptionSpec {
  readonly type: 'boolean' | 'string'
  /** One line for help. */
  readonly summary: string
  /** How help calls the value, such as `FILE`. */
  readonly value?: string
  readonly short?: string
  /** May be given more than once. */
  readonly multiple?: boolean
  readonly default?: string
  readonly choices?: readonly string[]
  readonly completes?: 'file' | 'directory'
  /** Environment variable that counts where the flag is not given. */
  readonly environment?: string
  /** Never shown; better not given on a command line. */
  readonly secret?: boolean
}

export type OptionTable = Readonly<Record<string, OptionSpec>>

/** What parsing makes of a table. */
export type OptionValues<T extends OptionTable> = {
  readonly [Name in keyof T]: T[Name]['type'] extends 'boolean'
    ? boolean
    : T[Name] extends { readonly multiple: true }
      ? readonly string[]
      : T[Name] extends { readonly default: string }
        ? string
        : string | undefined
}

/** Flags that every command takes. */
export const COMMON_OPTIONS = {
  output: {
    type: 'string',
    value: 'FORMAT',
    short: 'o',
    default: 'text',
    choices: ['text', 'json'],
    summary: 'What goes to standard output: text for people, or one JSON document',
  },
  'dry-run': {
    type: 'boolean',
    summary: 'Say what would be done and change nothing, neither here nor on the platform',
  },
  debug: { type: 'boolean', summary: 'Tell every step, and where an error came from, on standard error' },
  help: { type: 'boolean', short: 'h', summary: 'Explain the command' },
} as const satisfies OptionTable
