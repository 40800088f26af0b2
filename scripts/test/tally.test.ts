import { expect, test } from 'vitest'
import { playwrightTally, totalOf, vitestTally } from './tally.ts'

const passed = { fullName: 'adds', status: 'passed', failureMessages: [] }

test('vitest: what failed, what needed a second try, and a file that did not load are named', () => {
  const tally = vitestTally({
    numPassedTests: 2,
    numFailedTests: 1,
    numPendingTests: 1,
    testResults: [
      {
        name: '/root/a.test.ts',
        status: 'failed',
        message: '',
        assertionResults: [
          passed,
          { fullName: 'races', status: 'passed', failureMessages: ['AssertionError: late\n at x'] },
          { fullName: 'breaks', status: 'failed', failureMessages: ['Error: no\n at y'] },
        ],
      },
      { name: '/root/b.test.ts', status: 'failed', message: 'Cannot find module', assertionResults: [] },
    ],
  })
  expect(tally).toEqual({
    passed: 2,
    failed: 1,
    skipped: 1,
    flaky: 1,
    troubles: [
      { outcome: 'second try', test: '/root/a.test.ts › races', reason: 'AssertionError: late' },
      { outcome: 'failed', test: '/root/a.test.ts › breaks', reason: 'Error: no' },
      { outcome: 'failed', test: '/root/b.test.ts', reason: 'Cannot find module' },
    ],
  })
})

test('playwright: the same, through suites in suites, without colours', () => {
  const failing = {
    title: 'opens',
    tests: [
      { status: 'unexpected', results: [{ error: { message: '\u001B[31mTimed out\u001B[0m\nmore' } }] },
    ],
  }
  const lucky = { title: 'closes', tests: [{ status: 'flaky', results: [{ error: { message: 'x' } }, {}] }] }
  const fine = { title: 'stays', tests: [{ status: 'expected', results: [{}] }] }
  const tally = playwrightTally({
    stats: { expected: 1, unexpected: 1, flaky: 1, skipped: 0 },
    suites: [
      { title: 'a.spec.ts', specs: [fine], suites: [{ title: 'dialog', specs: [failing] }] },
      { title: 'b.spec.ts', specs: [lucky] },
    ],
  })
  expect(tally).toEqual({
    passed: 2,
    failed: 1,
    skipped: 0,
    flaky: 1,
    troubles: [
      { outcome: 'failed', test: 'a.spec.ts › dialog › opens', reason: 'Timed out' },
      { outcome: 'second try', test: 'b.spec.ts › closes', reason: 'x' },
    ],
  })
  expect(totalOf([tally, { passed: 1, failed: 0, skipped: 2 }])).toMatchObject({
    passed: 3,
    failed: 1,
    skipped: 2,
    flaky: 1,
    troubles: [{ outcome: 'failed' }, { outcome: 'second try' }],
  })
})
