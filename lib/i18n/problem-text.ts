import type { Problem } from '#lib/contract/problem.ts'
import type { Messages } from './messages/en.ts'
import { reasonText } from './reason-text.ts'

/** A problem in words: what happened, why, and what to do. `requestId` is for a report to an administrator. */
export interface ProblemText {
  title: string
  /** Domain reasons where there are any, else the server's own detail; a line each. */
  lines: string[]
  hint: string
}

/** The words for a problem that the server answered with. */
export function problemText(messages: Messages, problem: Problem): ProblemText {
  const { titles, hints } = messages.problems
  const reasons = (problem.reasons ?? []).map((reason) => reasonText(messages, reason))
  return {
    title: titles[problem.code] ?? problem.title,
    lines: reasons.length > 0 ? reasons : problem.detail === '' ? [] : [problem.detail],
    hint: hints[problem.code] ?? '',
  }
}
