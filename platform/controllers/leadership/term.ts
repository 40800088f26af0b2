/** One uninterrupted time of holding the lease. */
export interface Term {
  /** Aborts when the lease is lost: what is still being written is given up. */
  readonly signal: AbortSignal
  /** Milliseconds that a write beginning now may take; 0 when none may begin. */
  writeTimeMs(): number
}

/** A write was held back: this process does not hold the lease (any more). */
export class NotLeadingError extends Error {
  override name = 'NotLeadingError'

  constructor() {
    super('nothing is written: the lease is not held by this process')
  }
}
