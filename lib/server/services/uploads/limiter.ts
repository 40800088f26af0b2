/** Runs at most `most` pieces of work at a time; others wait, in the order they came. */
export function createLimiter(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running >= most) await new Promise<void>((go) => waiting.push(go))
    else running += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      // A place is handed on as it is.
      if (next === undefined) running -= 1
      else next()
    }
  }
}
