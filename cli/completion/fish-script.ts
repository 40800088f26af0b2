import type { Command } from '../command.ts'
import { COMMON_OPTIONS, type OptionSpec, type OptionTable } from '../option.ts'
import { optionsOf, VERSION_FLAG } from '../parse-command-line.ts'

const FOLDERS = '(__fish_complete_directories (commandline -ct))'

/** A completion script for fish, with what each command and flag is for. */
export function fishScript(commands: readonly Command[]): string {
  const begin = 'complete -c violet -n __fish_use_subcommand'
  const lines = [
    '# fish completion for violet',
    'complete -c violet -f',
    ...commands.map(({ name, summary }) => `${begin} -a ${name} -d ${quoted(summary)}`),
    `${begin} -a help -d ${quoted('Explain a command')}`,
    `${begin} -l version -d ${quoted(VERSION_FLAG.summary)}`,
    ...flagLines(begin, COMMON_OPTIONS),
    `complete -c violet -n '__fish_seen_subcommand_from help' -a ${quoted(commands.map(({ name }) => name).join(' '))}`,
    ...commands.flatMap(linesOf),
  ]
  return `${lines.join('\n')}\n`
}

function linesOf(command: Command): string[] {
  const begin = `complete -c violet -n ${quoted(`__fish_seen_subcommand_from ${command.name}; and not __fish_seen_subcommand_from help`)}`
  const operands = command.operands.flatMap(({ choices, completes }) => {
    if (choices !== undefined) return [`${begin} -a ${quoted(choices.join(' '))}`]
    if (completes === 'directory') return [`${begin} -a ${quoted(FOLDERS)}`]
    return completes === undefined ? [] : [`${begin} -F`]
  })
  return [...flagLines(begin, optionsOf(command)), ...operands]
}

function flagLines(begin: string, options: OptionTable): string[] {
  return Object.entries<OptionSpec>(options).map(([name, option]) =>
    [
      begin,
      `-l ${name}`,
      ...(option.short === undefined ? [] : [`-s ${option.short}`]),
      ...valueOf(option),
      `-d ${quoted(option.summary)}`,
    ].join(' '),
  )
}

function valueOf({ type, choices, completes }: OptionSpec): string[] {
  if (type === 'boolean') return []
  if (choices !== undefined) return ['-x', `-a ${quoted(choices.join(' '))}`]
  if (completes === 'file') return ['-r', '-F']
  return completes === 'directory' ? ['-x', `-a ${quoted(FOLDERS)}`] : ['-x']
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`
}
