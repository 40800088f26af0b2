import type { Command } from '../command.ts'
import { COMMON_OPTIONS, type OptionSpec, type OptionTable } from '../option.ts'
import { optionsOf } from '../parse-command-line.ts'

/**
 * A completion script for bash: commands, their flags, values that are chosen among a few, files and folders.
 * bash splits `--flag=value` at the `=`, which is undone first.
 */
export function bashScript(commands: readonly Command[]): string {
  const names = commands.map(({ name }) => name).join(' ')
  return `# bash completion for violet
_violet() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" command="" word i
  COMPREPLY=()
  if [[ "$cur" == "=" ]]; then
    cur=""
  elif [[ "$prev" == "=" ]]; then
    prev="\${COMP_WORDS[COMP_CWORD-2]}"
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    case "$word" in
      ${patternOf(COMMON_OPTIONS)}) [[ "\${COMP_WORDS[i+1]}" == "=" ]] && ((i++)); ((i++)) ;;
      -* | =) ;;
      *) command="$word"; break ;;
    esac
  done
  case "$command" in
${commands.map(caseOf).join('\n')}
    "" | help)
      case "$prev" in
${valueCases(COMMON_OPTIONS)}
      esac
      if [[ "$cur" == -* ]]; then
        COMPREPLY=($(compgen -W "${flagsOf(COMMON_OPTIONS)} --version" -- "$cur"))
      else
        COMPREPLY=($(compgen -W "${names} help" -- "$cur"))
      fi
      ;;
  esac
}
complete -F _violet violet
`
}

function caseOf(command: Command): string {
  const options = optionsOf(command)
  const operand = command.operands[0]
  return `    ${command.name})
      case "$prev" in
${valueCases(options)}
      esac
      if [[ "$cur" == -* ]]; then
        COMPREPLY=($(compgen -W "${flagsOf(options)}" -- "$cur"))
      else
        ${operand === undefined ? ':' : replyOf(operand.choices, operand.completes)}
      fi
      ;;`
}

function valueCases(options: OptionTable): string {
  return Object.entries(options)
    .filter(([, { type }]) => type === 'string')
    .map(
      ([name, option]) =>
        `        ${patternOf({ [name]: option })}) ${replyOf(option.choices, option.completes)}; return ;;`,
    )
    .join('\n')
}

/** Flags that take a value, as a pattern of `case`. */
function patternOf(options: OptionTable): string {
  return Object.entries<OptionSpec>(options)
    .filter(([, { type }]) => type === 'string')
    .flatMap(([name, { short }]) => [...(short === undefined ? [] : [`-${short}`]), `--${name}`])
    .join(' | ')
}

function flagsOf(options: OptionTable): string {
  return Object.keys(options)
    .map((name) => `--${name}`)
    .join(' ')
}

function replyOf(
  choices: readonly string[] | undefined,
  completes: 'file' | 'directory' | undefined,
): string {
  if (choices !== undefined) return `COMPREPLY=($(compgen -W "${choices.join(' ')}" -- "$cur"))`
  if (completes === 'file') return 'compopt -o default'
  return completes === 'directory' ? 'compopt -o dirnames' : ':'
}
