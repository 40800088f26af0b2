import type { OptionTable } from './option.ts'
import type { ParsedCommandLine } from './parse-command-line.ts'
import type { Terminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'

/** A flag `--x-stdin` says that the value of `--x` stands on standard input. */
const FROM_STDIN = '-stdin'

/**
 * Completes a command line's secrets from standard input, or by asking for them where that is a terminal, and keeps all of them out of what is told. One that was given
 * as an argument works, and is warned about: whoever lists processes reads it.
 * @throws UsageError when more than one is to come from standard input, or none is there
 */
export async function takeSecrets(
  { options, given }: ParsedCommandLine,
  table: OptionTable,
  environment: Readonly<Record<string, string | undefined>>,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const secrets = Object.keys(table).filter((name) => table[name]?.secret)
  const piped = secrets.filter((name) => options[name + FROM_STDIN] === true)
  if (piped.length > 1)
    throw new UsageError(
      `Only one of ${piped.map((name) => `--${name}${FROM_STDIN}`).join(', ')} can be used at a time.`,
    )
  for (const name of piped) {
    if (given.has(name)) throw new UsageError(`--${name} and --${name}${FROM_STDIN} exclude each other.`)
    options[name] = await terminal.readSecret(promptOf(name), signal)
    if (options[name] === '')
      throw new UsageError(`--${name}${FROM_STDIN}: nothing stands on standard input.`)
  }
  hideProxyPasswords(environment, terminal)
  for (const name of secrets) {
    const value = options[name]
    if (typeof value !== 'string') continue
    terminal.hide(value)
    if (!given.has(name)) continue
    const variable = table[name]?.environment
    terminal.warn(
      `--${name} on the command line can be read by others on this machine: ` +
        `better ${variable === undefined ? '' : `$${variable} or `}--${name}${FROM_STDIN}`,
    )
  }
}

/** `platform-password` is asked for as `Platform password`. */
function promptOf(name: string): string {
  const words = name.replaceAll('-', ' ')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

function hideProxyPasswords(
  environment: Readonly<Record<string, string | undefined>>,
  terminal: Terminal,
): void {
  for (const name of ['HTTPS_PROXY', 'HTTP_PROXY', 'https_proxy', 'http_proxy']) {
    const [, password = ''] = /^(?:[^/]*\/\/)?[^@/:]*:([^@/]*)@/.exec(environment[name] ?? '') ?? []
    for (const form of [password, decoded(password)]) terminal.hide(form)
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
