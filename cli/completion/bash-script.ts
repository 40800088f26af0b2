import type { Command } from '../command.ts'
import { optionsOf } from '../parse-command-line.ts'

/** A completion script for bash: commands, their flags, values that are chosen among a few, files and folders. */
export function bashScript(commands: readonly Command[]): string {
  return `# bash completion for violet
_violet() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" command="" word
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in
      -*) ;;
      *) command="$word"; break ;;
    esac
  done
  case "$command" in
${commands.map(caseOf).join('\n')}
    "" | help)
      COMPREPLY=($(compgen -W "${['help', ...commands.map(({ name }) => name)].join(' ')} --help" -- "$cur"))
      ;;
  esac
}
complete -F _violet violet
`
}

function caseOf(command: Command): string {
  const options = optionsOf(command)
  const flags = Object.entries(options)
  const withValue = flags.filter(([, { type }]) => type === 'string')
  const values = withValue.map(([name, { short, choices, completes }]) => {
    const pattern = [`--${name}`, ...(short === undefined ? [] : [`-${short}`])].join(' | ')
    return `        ${pattern}) ${replyOf(choices, completes)}; return ;;`
  })
  const operand = command.operands[0]
  return `    ${command.name})
      case "$prev" in
${values.join('\n')}
      esac
      if [[ "$cur" == -* ]]; then
        COMPREPLY=($(compgen -W "${flags.map(([name]) => `--${name}`).join(' ')}" -- "$cur"))
      else
        ${operand === undefined ? ':' : replyOf(operand.choices, operand.completes)}
      fi
      ;;`
}

function replyOf(
  choices: readonly string[] | undefined,
  completes: 'file' | 'directory' | undefined,
): string {
  if (choices !== undefined) return `COMPREPLY=($(compgen -W "${choices.join(' ')}" -- "$cur"))`
  if (completes === 'file') return 'compopt -o default'
  return completes === 'directory' ? 'compopt -o dirnames' : ':'
}
