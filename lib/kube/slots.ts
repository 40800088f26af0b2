/** So many at once and no more; who waits is served in order. */
export interface Slots {
  /** Runs `work` once there is room. */
  run<T>(work: () => Promise<T>): Promise<T>
}

/** @param count how many may run at once */
export function createSlots(count: number): Slots {
  const waiting: (() => void)[] = []
  let free = count
  return {
    async run(work) {
      if (free > 0) free -= 1
      // Whoever ends hands its place on.
      else await new Promise<void>((resolve) => waiting.push(resolve))
      try {
        return await work()
      } finally {
        const next = waiting.shift()
        if (next === undefined) free += 1
        else next()
      }
    },
  }
}
