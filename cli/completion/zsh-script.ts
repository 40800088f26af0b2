import type { Command, Operand } from '../command.ts'
import { COMMON_OPTIONS, type OptionSpec, type OptionTable } from '../option.ts'
import { optionsOf, VERSION_FLAG } from '../parse-command-line.ts'

/** A completion script for zsh, with what each command and flag is for. */
export function zshScript(commands: readonly Command[]): string {
  const list = commands.map(({ name, summary }) => `    ${quoted(`${name}:${escaped(summary)}`)}`)
  const common = [...argumentsOf(COMMON_OPTIONS), `--version[${escaped(VERSION_FLAG.summary)}]`]
  return `#compdef violet
# zsh completion for violet
_violet() {
  local -a commands
  commands=(
${list.join('\n')}
    'help:Explain a command'
  )
  # Flags of every command may come before its name, with their values.
  local -i at=2
  while (( at < CURRENT )) && [[ "$words[at]" == -* ]]; do
    [[ "$words[at]" == (${withValue(COMMON_OPTIONS)}) ]] && (( at++ ))
    (( at++ ))
  done
  if (( at >= CURRENT )); then
    _arguments \\
${lines(common)} \\
        '1: :{_describe command commands}'
    return
  fi
  local command="$words[at]"
  words=(violet "\${(@)words[2,at-1]}" "\${(@)words[at+1,-1]}")
  (( CURRENT-- ))
  case "$command" in
${commands.map(caseOf).join('\n')}
    help) _describe command commands ;;
  esac
}
if [ "$funcstack[1]" = "_violet" ]; then
  _violet "$@"
else
  compdef _violet violet
fi
`
}

function caseOf(command: Command): string {
  const operands = command.operands.map(
    (operand, index) => `${operand.multiple ? '*' : index + 1}:${operand.name}:${actionOf(operand)}`,
  )
  return `    ${command.name})
      _arguments \\
${lines([...argumentsOf(optionsOf(command)), ...operands])}
      ;;`
}

function lines(specifications: readonly string[]): string {
  return specifications.map((line) => `        ${quoted(line)}`).join(' \\\n')
}

/** What `_arguments` takes: one for each way to write a flag, which excludes the other one. */
function argumentsOf(options: OptionTable): string[] {
  return Object.entries<OptionSpec>(options).flatMap(([name, option]) => {
    const value = option.type === 'string' ? `:${option.value ?? 'VALUE'}:${actionOf(option)}` : ''
    const about = `[${escaped(option.summary)}]${value}`
    const long = `--${name}${option.type === 'string' ? '=' : ''}`
    if (option.multiple) return [`*${long}${about}`]
    if (option.short === undefined) return [`${long}${about}`]
    const others = `(-${option.short} --${name})`
    return [`${others}${long}${about}`, `${others}-${option.short}${about}`]
  })
}

function withValue(options: OptionTable): string {
  return Object.entries<OptionSpec>(options)
    .filter(([, { type }]) => type === 'string')
    .flatMap(([name, { short }]) => [...(short === undefined ? [] : [`-${short}`]), `--${name}`])
    .join('|')
}

function actionOf({ choices, completes }: Pick<Operand, 'choices' | 'completes'>): string {
  if (choices !== undefined) return `(${choices.join(' ')})`
  if (completes === 'file') return '_files'
  return completes === 'directory' ? '_files -/' : ' '
}

/** What `[…]` and `:` mean to _arguments and _describe. */
function escaped(text: string): string {
  return text.replaceAll(/[\\[\]:]/g, String.raw`\$&`)
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
