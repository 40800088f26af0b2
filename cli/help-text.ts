import { ERROR_DOCUMENT } from './failure.ts'
import type { Command } from './command.ts'
import { EXIT_MEANINGS } from './exit-code.ts'
import { COMMON_OPTIONS, type OptionSpec, type OptionTable } from './option.ts'
import { VERSION_FLAG } from './parse-command-line.ts'

const WIDTH = 100

/** What `violet --help` says. */
export function overviewText(commands: readonly Command[]): string {
  return [
    'violet builds, checks and publishes packages of cluster plugins.',
    '',
    'Usage: violet COMMAND [FLAGS] …',
    '',
    'Commands:',
    ...table([
      ...commands.map(({ name, summary }) => [name, summary] as const),
      ['--version', VERSION_FLAG.summary],
    ]),
    '',
    'From a chart to the catalogue:',
    '',
    '  violet create web-cli --artifact ./chart',
    '  violet package web-cli',
    '  violet show web-cli.tgz',
    '  violet push web-cli.tgz --kubeconfig ~/.kube/config',
    '',
    'Flags of every command:',
    ...optionLines(COMMON_OPTIONS),
    '',
    'With --output json, of a command that fails:',
    ...table(ERROR_DOCUMENT),
    '',
    'Exit codes:',
    ...table(Object.entries(EXIT_MEANINGS)),
    '',
    "'violet COMMAND --help' explains one of them.",
  ].join('\n')
}

/** What `violet COMMAND --help` says. */
export function commandText(command: Command): string {
  const { name, summary, description, operands, options, document, examples } = command
  const hasOptions = Object.keys(options).length > 0
  return [
    `violet ${name}: ${summary}`,
    '',
    `Usage: ${usageOf(command)}`,
    ...description.flatMap((paragraph) => ['', ...wrap(paragraph, WIDTH)]),
    ...(operands.length === 0
      ? []
      : ['', 'Operands:', ...table(operands.map((operand) => [operand.name, operand.summary]))]),
    ...(hasOptions ? ['', 'Flags:', ...optionLines(options)] : []),
    '',
    'Flags of every command:',
    ...optionLines(COMMON_OPTIONS),
    '',
    'With --output json:',
    ...table(document),
    '',
    'Examples:',
    ...examples.flatMap(({ comment, command: line }) => ['', `  # ${comment}`, `  ${line}`]),
  ].join('\n')
}

/** `violet push PKG… [FLAGS]` */
export function usageOf({ name, operands }: Command): string {
  const words = operands.map((operand) => {
    const word = operand.multiple ? `${operand.name}…` : operand.name
    return operand.optional ? `[${word}]` : word
  })
  return ['violet', name, ...words, '[FLAGS]'].join(' ')
}

/** `-o, --output FORMAT` */
export function flagOf(name: string, { short, type, value }: OptionSpec): string {
  const long = type === 'string' ? `--${name} ${value ?? 'VALUE'}` : `--${name}`
  return short === undefined ? long : `-${short}, ${long}`
}

/** The summary and what else there is to know: choices, default, variable. */
export function explanationOf(option: OptionSpec): string {
  const more = [
    ...(option.multiple ? ['may be repeated'] : []),
    ...(option.choices === undefined ? [] : [option.choices.join(' | ')]),
    ...(option.default === undefined ? [] : [`default ${option.default}`]),
    ...(option.environment === undefined ? [] : [`$${option.environment}`]),
  ]
  return more.length === 0 ? option.summary : `${option.summary} (${more.join('; ')})`
}

function optionLines(options: OptionTable): string[] {
  return table(Object.entries(options).map(([name, option]) => [flagOf(name, option), explanationOf(option)]))
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const left = Math.min(Math.max(...rows.map(([name]) => name.length)), 30) + 2
  return rows.flatMap(([name, text]) => {
    const [first = '', ...rest] = wrap(text, WIDTH - left - 2)
    const lines =
      name.length > left - 2
        ? [`  ${name}`, `  ${' '.repeat(left)}${first}`]
        : [`  ${name.padEnd(left)}${first}`]
    return [...lines, ...rest.map((line) => `  ${' '.repeat(left)}${line}`)]
  })
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? ''
    if (line !== '' && line.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines
}
