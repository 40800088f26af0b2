/** Runs pieces of work that share a key one after the other, in the order they came; others run at once. */
export type Exclusive = <T>(key: string, work: () => Promise<T>) => Promise<T>

export function createExclusive(): Exclusive {
  const tails = new Map<string, Promise<unknown>>()
  return async (key, work) => {
    const before = tails.get(key) ?? Promise.resolve()
    const run = before.then(work, work)
    // What waits for us must not fail because we did.
    const tail = run.then(
      () => undefined,
      () => undefined,
    )
    tails.set(key, tail)
    try {
      return await run
    } finally {
      if (tails.get(key) === tail) tails.delete(key)
    }
  }
}
