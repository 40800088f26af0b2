import { cleanLine } from '#lib/domain/clean-text.ts'
import { AUDIT } from '#lib/kinds/labels.ts'
import type { ServiceContext } from './context.ts'

/** Who does what why: annotations that go with every write. */
export function auditAnnotations(ctx: ServiceContext, reason: string | undefined): Record<string, string> {
  const text = cleanLine(reason ?? '', 1000)
  return {
    [AUDIT.operationId]: ctx.operationId,
    [AUDIT.actor]: ctx.caller.name,
    ...(text === '' ? {} : { [AUDIT.reason]: text }),
  }
}

/** Annotations of an object after a write; the reason of an earlier one doesn't stay. */
export function withAudit(
  annotations: Readonly<Record<string, string>> | undefined,
  audit: Readonly<Record<string, string>>,
): Record<string, string> {
  const kept = Object.entries(annotations ?? {}).filter(([key]) => key !== AUDIT.reason)
  return { ...Object.fromEntries(kept), ...audit }
}
