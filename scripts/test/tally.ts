/** How many tests of a run came out how. */
export interface Tally {
  passed: number
  failed: number
  skipped: number
  /** Passed at the second try; counted as passed too. */
  flaky?: number
}

/** Reads the file of vitest's JSON reporter. */
export function vitestTally(json: unknown): Tally {
  const report = json as { numPassedTests: number; numFailedTests: number; numPendingTests: number }
  return { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests }
}

/** Reads the file of Playwright's JSON reporter; a second try is only given on CI. */
export function playwrightTally(json: unknown): Tally {
  const { stats } = json as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  }
  const { expected, unexpected, flaky, skipped } = stats
  return { passed: expected + flaky, failed: unexpected, skipped, flaky }
}

/** The sum of some tallies. */
export function totalOf(tallies: readonly Tally[]): Required<Tally> {
  return tallies.reduce<Required<Tally>>(
    (sum, { passed, failed, skipped, flaky = 0 }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
      flaky: sum.flaky + flaky,
    }),
    { passed: 0, failed: 0, skipped: 0, flaky: 0 },
  )
}
