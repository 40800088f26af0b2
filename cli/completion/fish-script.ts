import type { Command } from '../command.ts'
import { optionsOf } from '../parse-command-line.ts'

/** A completion script for fish, with what each command and flag is for. */
export function fishScript(commands: readonly Command[]): string {
  const lines = ['# fish completion for violet', 'complete -c violet -f']
  for (const { name, summary } of commands)
    lines.push(`complete -c violet -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`)
  for (const command of commands) lines.push(...linesOf(command))
  return `${lines.join('\n')}\n`
}

function linesOf(command: Command): string[] {
  const begin = `complete -c violet -n ${quoted(`__fish_seen_subcommand_from ${command.name}`)}`
  const flags = Object.entries(optionsOf(command)).map(
    ([name, { short, type, choices, completes, summary }]) =>
      [
        begin,
        `-l ${name}`,
        ...(short === undefined ? [] : [`-s ${short}`]),
        ...(type === 'boolean'
          ? []
          : choices === undefined
            ? ['-r']
            : ['-x', `-a ${quoted(choices.join(' '))}`]),
        ...(completes === undefined ? [] : ['-F']),
        `-d ${quoted(summary)}`,
      ].join(' '),
  )
  const operands = command.operands.flatMap(({ choices, completes }) => {
    if (choices !== undefined) return [`${begin} -a ${quoted(choices.join(' '))}`]
    return completes === undefined ? [] : [`${begin} -F`]
  })
  return [...flags, ...operands]
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`
}
