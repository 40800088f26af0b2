import type { Command, Operand } from '../command.ts'
import type { OptionSpec } from '../option.ts'
import { optionsOf } from '../parse-command-line.ts'

/** A completion script for zsh, with what each command and flag is for. */
export function zshScript(commands: readonly Command[]): string {
  const list = commands.map(({ name, summary }) => `    ${quoted(`${name}:${escaped(summary)}`)}`)
  return `#compdef violet
# zsh completion for violet
_violet() {
  local -a commands
  commands=(
${list.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  local command="$words[2]"
  shift words
  (( CURRENT-- ))
  case "$command" in
${commands.map(caseOf).join('\n')}
    help) _describe 'command' commands ;;
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
  const flags = Object.entries(optionsOf(command)).map(([name, option]) => argument(name, option))
  const operands = command.operands.map(
    (operand, index) => `${operand.multiple ? '*' : index + 1}:${operand.name}:${actionOf(operand)}`,
  )
  return `    ${command.name})
      _arguments \\
${[...flags, ...operands].map((line) => `        ${quoted(line)}`).join(' \\\n')}
      ;;`
}

function argument(name: string, option: OptionSpec): string {
  const star = option.multiple ? '*' : ''
  const value = option.type === 'string' ? `:${option.value ?? 'VALUE'}:${actionOf(option)}` : ''
  return `${star}--${name}${option.type === 'string' ? '=' : ''}[${escaped(option.summary)}]${value}`
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
