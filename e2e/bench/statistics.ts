/** The value below which the share `p` (0 to 1) of the samples lies, by nearest rank. */
export function percentile(samples: readonly number[], p: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(p * sorted.length) - 1))] ?? Number.NaN
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5)
}

/** The exponent e that fits `time ~ size^e` best: the slope of the straight line through the logarithms. */
export function growthExponent(sizes: readonly number[], times: readonly number[]): number {
  const points = sizes.map((size, index) => [Math.log(size), Math.log(times[index] ?? Number.NaN)] as const)
  const mean = (which: 0 | 1) => points.reduce((sum, point) => sum + point[which], 0) / points.length
  const [meanX, meanY] = [mean(0), mean(1)]
  const covariance = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0)
  return covariance / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0)
}

/** One line of the report: what was measured, the figure, and the bound it should keep, if it has one. */
export interface Figure {
  name: string
  value: number
  unit: string
  atMost?: number
  note?: string
}

/** A figure as a line of text, with a mark when it misses its bound. */
export function figureLine({ name, value, unit, atMost, note }: Figure): string {
  const shown = value >= 100 ? value.toFixed(0) : value.toPrecision(3)
  const bound =
    atMost === undefined ? '' : value <= atMost ? `  (≤ ${atMost}: kept)` : `  (≤ ${atMost}: MISSED)`
  return `${name.padEnd(58)} ${shown.padStart(9)} ${unit}${bound}${note === undefined ? '' : `  ${note}`}`
}
