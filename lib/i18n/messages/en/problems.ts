import type { ProblemCode } from '#lib/contract/problem.ts'
import type { MessageTree } from '../tree.ts'

/** What went wrong, why, and what to do, for each kind of problem. */
export const problems = {
  titles: {
    'bad-request': 'The request can’t be read',
    unauthorized: 'You are not signed in',
    forbidden: 'You may not do this',
    'not-found': 'It does not exist',
    conflict: 'It has changed meanwhile',
    invalid: 'Some values are not right',
    refused: 'This can’t be done now',
    'too-large': 'It is too large',
    'unsupported-media-type': 'This kind of file is not supported',
    misdirected: 'The console is not served under this address',
    'cross-origin': 'The request came from another site',
    timeout: 'It took too long',
    'no-space': 'The console’s disk is full',
    unavailable: 'The cluster can’t be reached',
    internal: 'Something unexpected happened',
  } satisfies Record<ProblemCode, string>,
  hints: {
    'bad-request': 'Reload the page and try again.',
    unauthorized: 'Sign in and try again.',
    forbidden: 'Ask an administrator for the right.',
    'not-found': 'It may have been removed meanwhile.',
    conflict: 'Somebody else changed it. Look at its state now and try again.',
    invalid: 'Correct the marked values.',
    refused: '',
    'too-large': '',
    'unsupported-media-type': '',
    misdirected: 'Use the address that the console was started with.',
    'cross-origin': 'Use the console’s own pages.',
    timeout: 'Try again; what was asked for may have happened all the same.',
    'no-space': 'Cancel uploads that are not needed, or ask an administrator to make room; then try again.',
    unavailable: 'Try again in a moment.',
    internal: 'Try again; if it stays, look into the console’s log.',
  } satisfies Record<ProblemCode, string>,
  network: 'The console can’t be reached',
  networkHint: 'Check the connection; the page keeps trying.',
} satisfies MessageTree
