import type { ExitCode } from './exit-code.ts'
import type { COMMON_OPTIONS, OptionTable, OptionValues } from './option.ts'
import type { Terminal } from './terminal.ts'

/** What stands on a command line beside flags. */
export interface Operand {
  /** How help calls it, such as `PKG`. */
  readonly name: string
  readonly summary: string
  readonly multiple?: boolean
  readonly optional?: boolean
  readonly choices?: readonly string[]
  readonly completes?: 'file' | 'directory'
}

export interface Example {
  readonly comment: string
  readonly command: string
}

/** A part of the document that `--output json` writes: where it stands, such as `artifacts[].digest`, and what it says. */
export type DocumentField = readonly [path: string, meaning: string]

/** One run of a command. */
export interface Call<T extends OptionTable = OptionTable> {
  readonly options: OptionValues<T & typeof COMMON_OPTIONS>
  readonly operands: readonly string[]
  readonly terminal: Terminal
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Aborted when the person interrupts. */
  readonly signal: AbortSignal
}

/** A command as data. */
export interface Command<T extends OptionTable = OptionTable> {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  /** Paragraphs that teach. */
  readonly description: readonly string[]
  readonly operands: readonly Operand[]
  readonly options: T
  /** What `--output json` writes; paths stay, new ones may come. */
  readonly document: readonly DocumentField[]
  readonly examples: readonly Example[]
  /** @throws whatever `exitCodeOf` knows; UsageError for what parsing can't see */
  run(call: Call<T>): Promise<ExitCode>
}

/** Gives a command's `run` the types of its own flags, and the list of commands one type for all. */
export function defineCommand<const T extends OptionTable>(command: Command<T>): Command {
  return command as object as Command
}
