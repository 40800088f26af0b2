/** How many tests of a run came out how. */
export interface Tally {
  passed: number
  failed: number
  skipped: number
}

/** Reads the file of vitest's JSON reporter. */
export function vitestTally(json: unknown): Tally {
  const report = json as { numPassedTests: number; numFailedTests: number; numPendingTests: number }
  return { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests }
}

/** Reads the file of Playwright's JSON reporter; a test that needed luck counts as failed. */
export function playwrightTally(json: unknown): Tally {
  const { stats } = json as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  }
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped }
}

/** The sum of some tallies. */
export function totalOf(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (sum, { passed, failed, skipped }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  )
}
