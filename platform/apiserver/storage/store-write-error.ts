/** A write that the store could not keep: no room, or a disk that fails. Nothing of it is left. */
export class StoreWriteError extends Error {
  override readonly name = 'StoreWriteError'

  constructor(cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause)
    super(`the write could not be stored: ${why}`, { cause })
  }
}
