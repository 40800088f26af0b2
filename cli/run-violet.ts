import { COMMANDS } from './commands.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { failureOf, traceOf } from './failure.ts'
import { commandText, overviewText } from './help-text.ts'
import type { OptionValues } from './option.ts'
import { optionsOf, parseCommandLine, type ParsedCommandLine } from './parse-command-line.ts'
import { takeSecrets } from './take-secrets.ts'
import { Terminal, type TerminalStreams } from './terminal.ts'
import { VERSION } from './version.ts'

export interface Surroundings {
  readonly streams: TerminalStreams
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
}

/**
 * Carries out a command line.
 * @param args without the program's own name
 * @returns how the process shall end; nothing is thrown
 */
export async function runViolet(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const { streams, environment, signal } = surroundings
  // Errors in the command line are told in the form that was asked for, as far as it can be guessed.
  const isJson = args.some((arg, index) => /^(?:--output|-o)=?json$/.test(arg) || isOutputJson(args, index))
  const terminal = new Terminal(streams, { isJson, isDebug: args.includes('--debug') })
  try {
    const parsed = parseCommandLine(args, COMMANDS, environment)
    if (parsed === 'version') {
      terminal.result({ version: VERSION }, `violet ${VERSION}`)
      return EXIT.done
    }
    if ('helpFor' in parsed) {
      const command = COMMANDS.find(({ name }) => name === parsed.helpFor)
      terminal.file(`${command === undefined ? overviewText(COMMANDS) : commandText(command)}\n`)
      return EXIT.done
    }
    return await runCommand(parsed, terminal, surroundings)
  } catch (error) {
    if (terminal.isDebug) terminal.debug(traceOf(error))
    const { exitCode, ...told } = failureOf(signal.aborted ? signal.reason : error)
    const message = terminal.withoutSecrets(told.message)
    if (isJson) terminal.result({ error: { ...told, message } }, '')
    terminal.say(`violet: ${message}`)
    if (told.advice !== null) terminal.say(told.advice)
    return exitCode
  }
}

async function runCommand(
  parsed: ParsedCommandLine,
  terminal: Terminal,
  { environment, signal }: Surroundings,
): Promise<ExitCode> {
  const { command, operands } = parsed
  await takeSecrets(parsed, optionsOf(command), environment, terminal, signal)
  terminal.debug(`violet ${command.name}, Node ${process.version}`)
  const options = parsed.options as object as OptionValues<ReturnType<typeof optionsOf>>
  return command.run({ options: options as never, operands, terminal, environment, signal })
}

function isOutputJson(args: readonly string[], index: number): boolean {
  return (args[index] === '--output' || args[index] === '-o') && args[index + 1] === 'json'
}
