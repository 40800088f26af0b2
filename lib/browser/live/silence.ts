/** The two clocks of a tab, in milliseconds: a machine that sleeps may stop the steady one, and people set the other. */
export interface Clocks {
  /** Since 1970. */
  wall: () => number
  /** Since anything, never set. */
  steady: () => number
}

/** Two beats that did not come, and some. Milliseconds. */
export const LONG_SILENCE_MS = 12_000

/** How long nothing was heard, by whichever clock says longer: heard once too little is better than shown as live. */
export class Silence {
  readonly #clocks: Clocks
  #wall: number
  #steady: number

  constructor(clocks: Clocks) {
    this.#clocks = clocks
    this.#wall = clocks.wall()
    this.#steady = clocks.steady()
  }

  /** When something was last heard, milliseconds since 1970. */
  get since(): number {
    return this.#wall
  }

  get isLong(): boolean {
    const { wall, steady } = this.#clocks
    return Math.max(wall() - this.#wall, steady() - this.#steady) > LONG_SILENCE_MS
  }

  reset(): void {
    this.#wall = this.#clocks.wall()
    this.#steady = this.#clocks.steady()
  }
}
