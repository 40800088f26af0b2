/** Why the console can't start, in one line for the person who started it. */
export class StartupError extends Error {
  override readonly name = 'StartupError'

  constructor(message: string, options?: ErrorOptions) {
    super(message.replace(/\s+/g, ' ').trim(), options)
  }
}
