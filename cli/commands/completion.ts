import { defineCommand, type Command } from '../command.ts'
import { bashScript } from '../completion/bash-script.ts'
import { fishScript } from '../completion/fish-script.ts'
import { zshScript } from '../completion/zsh-script.ts'
import { EXIT } from '../exit-code.ts'

const SCRIPTS: Readonly<Record<string, (commands: readonly Command[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
}

/**
 * The command that writes completion scripts.
 * @param all every command there is, this one included, once they are needed
 */
export function completionCommand(all: () => readonly Command[]): Command {
  return defineCommand({
    name: 'completion',
    summary: 'Write a completion script for a shell',
    description: [
      'The script completes commands, flags and their values. It knows this version of violet: write it again after an update.',
    ],
    operands: [{ name: 'SHELL', summary: 'bash, zsh or fish', choices: Object.keys(SCRIPTS) }],
    options: {},
    document: [
      ['shell', 'bash, zsh or fish'],
      ['script', 'The script'],
    ],
    examples: [
      { comment: 'bash, for this session', command: 'source <(violet completion bash)' },
      { comment: 'zsh, for good', command: 'violet completion zsh > "${fpath[1]}/_violet"' },
      {
        comment: 'fish, for good',
        command: 'violet completion fish > ~/.config/fish/completions/violet.fish',
      },
    ],
    async run({ operands, terminal }) {
      const [shell = ''] = operands
      const script = SCRIPTS[shell]?.(all()) ?? ''
      if (terminal.isJson) terminal.result({ shell, script }, '')
      else terminal.file(script)
      return EXIT.done
    },
  })
}
