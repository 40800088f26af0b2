import { parseArgs } from 'node:util'
import type { Command } from './command.ts'
import { COMMON_OPTIONS, type OptionSpec, type OptionTable } from './option.ts'
import { suggest } from './suggest.ts'
import { UsageError } from './usage-error.ts'

export interface ParsedCommandLine {
  command: Command
  options: Record<string, string | boolean | string[] | undefined>
  operands: string[]
  /** Names of flags that stood on the command line itself. */
  given: ReadonlySet<string>
}

/** The one flag that goes without a command, beside `--help`. */
export const VERSION_FLAG = { type: 'boolean', summary: 'Tell the version' } as const satisfies OptionSpec

const WITH_VALUE = new Set(
  Object.entries<OptionSpec>(COMMON_OPTIONS)
    .filter(([, { type }]) => type === 'string')
    .flatMap(([name, { short }]) => [`--${name}`, ...(short === undefined ? [] : [`-${short}`])]),
)

/** All flags of a command, the common ones included. */
export function optionsOf(command: Command): OptionTable {
  return { ...command.options, ...COMMON_OPTIONS }
}

/**
 * Reads a command line against the commands there are.
 * @param args without the program's own name
 * @returns `version` when that is asked for, the name of what help is wanted for (`''`: violet itself), or the parsed command
 * @throws UsageError naming what is wrong and the nearest thing that is known
 */
export function parseCommandLine(
  args: readonly string[],
  commands: readonly Command[],
  environment: Readonly<Record<string, string | undefined>>,
): ParsedCommandLine | { helpFor: string } | 'version' {
  const index = commandIndex(args)
  const name = args[index]
  if (name === undefined) return withoutCommand(args)
  if (name === 'help') {
    const wanted = args[index + 1] ?? ''
    return { helpFor: wanted === '' ? '' : commandNamed(wanted, commands).name }
  }
  const command = commandNamed(name, commands)
  const rest = args.toSpliced(index, 1)
  if (isHelpWanted(rest)) return { helpFor: command.name }
  return { command, ...parseRest(rest, command, environment) }
}

/** Flags of every command may come before its name, with their values. */
function commandIndex(args: readonly string[]): number {
  return args.findIndex((arg, index) => !arg.startsWith('-') && !WITH_VALUE.has(args[index - 1] ?? ''))
}

function withoutCommand(args: readonly string[]): { helpFor: string } | 'version' {
  if (isHelpWanted(args)) return { helpFor: '' }
  if (args.includes('--version')) return 'version'
  const unknown = args.find((arg) => arg.startsWith('-') && !isCommon(arg))
  if (unknown !== undefined)
    throw unknownOption(unknown, { ...COMMON_OPTIONS, version: VERSION_FLAG }, 'violet')
  return { helpFor: '' }
}

function isCommon(arg: string): boolean {
  const [flag = ''] = arg.split('=', 1)
  return Object.entries<OptionSpec>(COMMON_OPTIONS).some(
    ([name, { short }]) => flag === `--${name}` || flag === `-${short}`,
  )
}

function isHelpWanted(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  return (end === -1 ? args : args.slice(0, end)).some((arg) => arg === '--help' || arg === '-h')
}

function commandNamed(name: string, commands: readonly Command[]): Command {
  const found = commands.find((command) => command.name === name)
  if (found !== undefined) return found
  const near = suggest(
    name,
    commands.map((command) => command.name),
  )
  throw new UsageError(
    `There is no command '${name.slice(0, 80)}'.${hint(near)} 'violet --help' lists them all.`,
  )
}

function parseRest(
  args: readonly string[],
  command: Command,
  environment: Readonly<Record<string, string | undefined>>,
): Omit<ParsedCommandLine, 'command'> {
  const table = optionsOf(command)
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(table).map(([name, { type, short }]) => [name, { type, ...(short && { short }) }]),
    ),
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  const options: ParsedCommandLine['options'] = {}
  const operands: string[] = []
  const given = new Set<string>()
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value)
    if (token.kind !== 'option') continue
    const spec = Object.hasOwn(table, token.name) ? table[token.name] : undefined
    if (spec === undefined) throw unknownOption(token.rawName, table, `violet ${command.name}`)
    const value = valueOf(token, spec, command)
    const known = options[token.name]
    given.add(token.name)
    options[token.name] =
      spec.multiple && typeof value === 'string' ? [...(Array.isArray(known) ? known : []), value] : value
  }
  for (const [name, spec] of Object.entries(table)) options[name] ??= valueNotGiven(name, spec, environment)
  checkOperands(operands, command)
  return { options, operands, given }
}

interface OptionToken {
  name: string
  rawName: string
  value: string | undefined
  inlineValue: boolean | undefined
}

function valueOf(
  { rawName, value, inlineValue }: OptionToken,
  spec: OptionSpec,
  command: Command,
): string | boolean {
  if (spec.type === 'boolean') {
    if (value === undefined || value === 'true') return true
    if (value === 'false') return false
    throw new UsageError(`${rawName} is either there or not; it takes no value but true or false.`)
  }
  const needs = `${rawName} needs a value: ${rawName} ${spec.value ?? 'VALUE'}. See 'violet ${command.name} --help'.`
  if (value === undefined) throw new UsageError(needs)
  if (inlineValue !== true && value.length > 1 && value.startsWith('-'))
    throw new UsageError(`${needs} A value that begins with '-' is written as ${rawName}=VALUE.`)
  return checkChoice(rawName, value, spec)
}

function checkChoice(name: string, value: string, { choices, secret }: OptionSpec): string {
  if (choices === undefined || choices.includes(value)) return value
  const shown = secret ? '' : ` '${value.slice(0, 80)}'`
  throw new UsageError(`${name} can not be${shown}: it is one of ${choices.join(', ')}.`)
}

function valueNotGiven(
  name: string,
  spec: OptionSpec,
  environment: Readonly<Record<string, string | undefined>>,
): string | boolean | string[] | undefined {
  if (spec.type === 'boolean') return false
  const variable = spec.environment === undefined ? undefined : environment[spec.environment]
  const value =
    variable === undefined || variable === ''
      ? spec.default
      : checkChoice(`$${spec.environment ?? name}`, variable, spec)
  return spec.multiple ? (value === undefined ? [] : [value]) : value
}

function checkOperands(operands: readonly string[], { name, operands: specs }: Command): void {
  const missing = specs.slice(operands.length).find(({ optional }) => optional !== true)
  if (missing !== undefined)
    throw new UsageError(`${missing.name} is missing: ${missing.summary}. See 'violet ${name} --help'.`)
  const extra = operands[specs.length]
  if (extra !== undefined && specs.at(-1)?.multiple !== true)
    throw new UsageError(`'${extra.slice(0, 80)}' is one too many. See 'violet ${name} --help'.`)
  for (const [index, operand] of operands.entries()) {
    const { choices, name: called } = specs[index] ?? {}
    if (operand === '') throw new UsageError(`${called ?? 'An operand'} is empty.`)
    if (choices !== undefined && !choices.includes(operand))
      throw new UsageError(
        `${called} can not be '${operand.slice(0, 80)}': it is one of ${choices.join(', ')}.`,
      )
  }
}

function unknownOption(rawName: string, table: OptionTable, program: string): UsageError {
  const [flag = rawName] = rawName.split('=', 1)
  const near = suggest(flag.replace(/^-+/, ''), Object.keys(table))
  const shown = flag.slice(0, 80)
  return new UsageError(
    `There is no flag ${shown}.${hint(near === undefined ? undefined : `--${near}`)} '${program} --help' lists them all.`,
  )
}

function hint(near: string | undefined): string {
  return near === undefined ? '' : ` Did you mean ${near}?`
}
