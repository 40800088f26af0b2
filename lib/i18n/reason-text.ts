import type { Reason } from '#lib/domain/reason.ts'
import type { Messages } from './messages/en.ts'
import { NO_PARAMS } from './reason-params.ts'

/** A reason as a sentence; a code that this version does not know is shown as it is. */
export function reasonText(messages: Messages, reason: Reason): string {
  const sentence = Object.hasOwn(messages.reasons, reason.code) ? messages.reasons[reason.code] : undefined
  return sentence ? sentence({ ...NO_PARAMS, ...reason.params }) : reason.code
}

/** Several reasons, a line each. */
export function reasonLines(messages: Messages, reasons: readonly Reason[]): string {
  return reasons.map((reason) => reasonText(messages, reason)).join('\n')
}
