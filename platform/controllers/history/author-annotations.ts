import { HISTORY } from '#lib/kinds/controller-revision.ts'
import type { ControllerRevision } from '#lib/kinds/controller-revision.ts'
import { AUDIT } from '#lib/kinds/labels.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import { FIELD_MANAGER } from '../leadership/fenced-client.ts'
import { managedFieldsOf, newest, ownsField } from '#lib/kube/managed-fields.ts'

/** On an installation that we made of a request: the field manager that the request came from. */
export const REQUESTED_BY = 'marketplace.console/requested-by'

/** The field manager that wrote an object's spec last, and when; undefined where the server doesn't tell. */
export function specWriter(info: ModuleInfo): { manager: string; time: string | undefined } | undefined {
  const entries = managedFieldsOf(info).filter(
    (item) => (item.subresource ?? '') === '' && ownsField(item, 'spec'),
  )
  // We write a spec when we create the object, never later: whoever else did so in the same second came after.
  const entry = newest(entries.filter(({ manager }) => manager !== FIELD_MANAGER)) ?? newest(entries)
  return entry?.manager === undefined ? undefined : { manager: entry.manager, time: entry.time }
}

/**
 * Whether the console's last operation on an object is what made its spec: it is a new one, and nobody wrote the spec after
 * whoever wrote that annotation.
 */
function isByConsole(info: ModuleInfo, previous: ControllerRevision | undefined): boolean {
  const operation = info.metadata.annotations?.[AUDIT.operationId] ?? ''
  if (operation === '') return false
  if (previous?.metadata.annotations?.[HISTORY.seenOperation] === operation) return false
  const fields = managedFieldsOf(info)
  const console = newest(
    fields.filter((entry) => ownsField(entry, 'metadata', 'annotations', AUDIT.operationId)),
  )
  const writer = specWriter(info)
  return console?.time === undefined || writer?.time === undefined || writer.time <= console.time
}

/**
 * Who gave an installation its spec, when and why, as annotations of the revision that keeps it.
 * @param info as the API server has it, managed fields included
 * @param previous the revision before this one
 */
export function authorAnnotations(
  info: ModuleInfo,
  previous: ControllerRevision | undefined,
  now: Date,
): Record<string, string> {
  const { annotations = {} } = info.metadata
  const writer = specWriter(info)
  const operation = annotations[AUDIT.operationId]
  const common = {
    [HISTORY.changedAt]: writer?.time ?? now.toISOString().replace(/\.\d+Z$/, 'Z'),
    ...(operation === undefined ? {} : { [HISTORY.seenOperation]: operation }),
  }
  if (isByConsole(info, previous)) {
    const audit = [AUDIT.operationId, AUDIT.actor, AUDIT.reason].flatMap((key) => {
      const value = annotations[key]
      return value === undefined ? [] : [[key, value] as const]
    })
    return { ...common, ...Object.fromEntries(audit) }
  }
  // Where we wrote it ourselves, it was for a request that is gone by now.
  const manager =
    writer?.manager === FIELD_MANAGER || writer === undefined ? annotations[REQUESTED_BY] : writer.manager
  return manager === undefined ? common : { ...common, [HISTORY.manager]: manager }
}
