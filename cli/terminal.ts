import { createInterface } from 'node:readline/promises'
import { addAbortSignal, Readable, Writable } from 'node:stream'
import { cleanText } from '#lib/domain/clean-text.ts'

/** Where a command's words go. */
export interface TerminalStreams {
  readonly stdout: NodeJS.WritableStream & { isTTY?: boolean; columns?: number }
  readonly stderr: NodeJS.WritableStream & { isTTY?: boolean; columns?: number }
  readonly stdin: NodeJS.ReadableStream & { isTTY?: boolean }
}

/** Shorter ones occur in ordinary words; hiding them would hide those. */
const SHORTEST_SECRET = 4
const LONGEST_STDIN = 64 * 1024
/** Characters that JSON lets through and a terminal may obey. */
const ACTIVE = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** What a person sees of a command: free of control characters; on standard error, of secrets, too. */
export class Terminal {
  readonly isJson: boolean
  readonly isDebug: boolean
  readonly #streams: TerminalStreams
  readonly #secrets = new Set<string>()
  #line = ''

  constructor(streams: TerminalStreams, { isJson = false, isDebug = false } = {}) {
    this.#streams = streams
    this.isJson = isJson
    this.isDebug = isDebug
  }

  /** From now on this text is shown to nobody. */
  hide(secret: string): void {
    if (secret.length >= SHORTEST_SECRET) this.#secrets.add(secret)
  }

  /** Whether a person looks at what is written to standard error. */
  get isInteractive(): boolean {
    return this.#streams.stderr.isTTY === true
  }

  /** The result: one JSON document, or the text, on standard output. */
  result(value: unknown, text: string): void {
    this.#clearLine()
    const json = () => JSON.stringify(value, null, 2).replaceAll(ACTIVE, escaped)
    const shown = this.isJson ? json() : cleanText(text, Number.MAX_SAFE_INTEGER)
    if (shown !== '') this.#streams.stdout.write(`${shown}\n`)
  }

  /** Text that is a file's content, such as a completion script. */
  file(text: string): void {
    this.#streams.stdout.write(text)
  }

  /** A line for the person, on standard error. */
  say(line: string): void {
    this.#clearLine()
    this.#streams.stderr.write(this.#clean(`${line}\n`))
  }

  warn(line: string): void {
    this.say(`warning: ${line}`)
  }

  debug(line: string): void {
    if (this.isDebug) this.say(`debug: ${line}`)
  }

  /** Replaces the last line of this kind on a terminal; nothing elsewhere. Empty takes it away. */
  status(line: string): void {
    if (!this.isInteractive) return
    const width = (this.#streams.stderr.columns || 80) - 1
    const text = this.#clean(line).replaceAll('\n', ' ').slice(0, width)
    if (text === this.#line) return
    this.#clearLine()
    this.#line = text
    this.#streams.stderr.write(text)
  }

  /** Asks a question that is answered with yes or no; undefined when nobody is there to answer. */
  async confirm(question: string, signal: AbortSignal): Promise<boolean | undefined> {
    const { stdin, stderr } = this.#streams
    if (stdin.isTTY !== true || stderr.isTTY !== true) return undefined
    this.#clearLine()
    const reader = createInterface({ input: stdin, output: stderr })
    try {
      const answer = await reader.question(this.#clean(`${question} [y/N] `), { signal })
      return /^y(?:es)?$/i.test(answer.trim())
    } finally {
      reader.close()
    }
  }

  /**
   * The secret on standard input, without the line's end. On a terminal it is asked for, and not shown while it is typed.
   * @param prompt what is asked for, such as `Password`
   * @throws Error when it is more than a secret can be; AbortError when the person interrupts
   */
  async readSecret(prompt: string, signal: AbortSignal): Promise<string> {
    const { stdin, stderr } = this.#streams
    signal.throwIfAborted()
    if (stdin.isTTY === true) {
      this.#clearLine()
      const nowhere = new Writable({ write: (_chunk, _encoding, taken) => taken() })
      const reader = createInterface({ input: stdin, output: nowhere, terminal: true, historySize: 0 })
      // The terminal shows nothing more from here on: only now may somebody type.
      stderr.write(`${prompt}: `)
      try {
        return await reader.question('', { signal })
      } finally {
        reader.close()
        stderr.write('\n')
      }
    }
    if (stdin instanceof Readable) addAbortSignal(signal, stdin)
    let text = ''
    for await (const chunk of stdin) {
      text += String(chunk)
      if (text.length > LONGEST_STDIN)
        throw new Error('Standard input holds more than a password or token can be')
    }
    return text.replace(/\r?\n$/, '')
  }

  #clearLine(): void {
    if (this.#line === '') return
    this.#line = ''
    this.#streams.stderr.write('\r\u001b[K')
  }

  #clean(text: string): string {
    return cleanText(this.withoutSecrets(text), Number.MAX_SAFE_INTEGER)
  }

  /** The text with every secret that was named before replaced. */
  withoutSecrets(text: string): string {
    let result = text
    for (const secret of this.#secrets)
      for (const form of new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]))
        result = result.replaceAll(form, '***')
    return result
  }
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
