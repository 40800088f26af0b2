import { stripVTControlCharacters } from 'node:util'

/** How many tests of a run came out how. */
export interface Tally {
  passed: number
  failed: number
  skipped: number
  /** Passed at the second try; counted as passed too. */
  flaky?: number
  /** Those that failed or needed a second try, by name, with the first line of what went wrong. */
  troubles?: Trouble[]
}

export interface Trouble {
  outcome: 'failed' | 'second try'
  /** File and titles. */
  test: string
  reason: string
}

interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  testResults: {
    name: string
    message: string
    status: string
    assertionResults: { fullName: string; status: string; failureMessages: string[] | null }[]
  }[]
}

interface PlaywrightSuite {
  title: string
  suites?: PlaywrightSuite[]
  specs: {
    title: string
    tests: { status: string; results: { error?: { message?: string } }[] }[]
  }[]
}

const REASON_LENGTH = 300

/** Reads the file of vitest's JSON reporter; a second try is only given on CI. */
export function vitestTally(json: unknown): Tally {
  const report = json as VitestReport
  const troubles = report.testResults.flatMap(({ name, message, status, assertionResults }) => {
    const tests = assertionResults.flatMap<Trouble>((test) => {
      const [reason] = test.failureMessages ?? []
      if (test.status === 'failed') return [trouble('failed', `${name} › ${test.fullName}`, reason)]
      return test.status === 'passed' && reason !== undefined
        ? [trouble('second try', `${name} › ${test.fullName}`, reason)]
        : []
    })
    // A file that could not be loaded, or whose set-up failed.
    const isWholeFile = status === 'failed' && !tests.some(({ outcome }) => outcome === 'failed')
    return isWholeFile ? [...tests, trouble('failed', name, message)] : tests
  })
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests,
    flaky: troubles.filter(({ outcome }) => outcome === 'second try').length,
    troubles,
  }
}

/** Reads the file of Playwright's JSON reporter; a second try is only given on CI. */
export function playwrightTally(json: unknown): Tally {
  const { stats, suites } = json as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number }
    suites: PlaywrightSuite[]
  }
  const { expected, unexpected, flaky, skipped } = stats
  const troubles = suites.flatMap((suite) => playwrightTroubles(suite, []))
  return { passed: expected + flaky, failed: unexpected, skipped, flaky, troubles }
}

function playwrightTroubles(suite: PlaywrightSuite, above: readonly string[]): Trouble[] {
  const titles = [...above, suite.title]
  const own = suite.specs.flatMap(({ title, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ status, results }) => {
        const reason = results.find(({ error }) => error !== undefined)?.error?.message
        const outcome = status === 'flaky' ? 'second try' : 'failed'
        return trouble(outcome, [...titles, title].join(' › '), reason)
      }),
  )
  return [...own, ...(suite.suites ?? []).flatMap((inner) => playwrightTroubles(inner, titles))]
}

function trouble(outcome: Trouble['outcome'], test: string, reason = ''): Trouble {
  // Playwright colours its messages.
  const [line = ''] = stripVTControlCharacters(reason).trimStart().split('\n')
  return { outcome, test, reason: line.slice(0, REASON_LENGTH) }
}

/** The sum of some tallies. */
export function totalOf(tallies: readonly Tally[]): Required<Tally> {
  return tallies.reduce<Required<Tally>>(
    (sum, { passed, failed, skipped, flaky = 0, troubles = [] }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
      flaky: sum.flaky + flaky,
      troubles: [...sum.troubles, ...troubles],
    }),
    { passed: 0, failed: 0, skipped: 0, flaky: 0, troubles: [] },
  )
}
