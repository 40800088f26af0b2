/** A command line that can't be carried out; the message is for the person who wrote it. */
export class UsageError extends Error {
  override name = 'UsageError'
}
