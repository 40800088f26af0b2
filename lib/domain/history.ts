import { HISTORY } from '#lib/kinds/controller-revision.ts'
import type { ControllerRevision } from '#lib/kinds/controller-revision.ts'
import { AUDIT, LABEL } from '#lib/kinds/labels.ts'
import type { ModuleInfo, ModuleInfoSpec } from '#lib/kinds/module-info.ts'
import { cleanLine } from './clean-text.ts'
import type { Reason } from './reason.ts'
import { soundObject } from './sound-object.ts'

/** Who changed an installation: a person on the console, or the client that somebody used beside it. */
export interface Author {
  readonly kind: 'actor' | 'manager' | 'unknown'
  /** The console's user, or the field manager (`kubectl-edit`); `''` for nobody known. */
  readonly name: string
}

/** One spec that was accepted, as history tells it. */
export interface HistoryEntry {
  /** Grows with each entry of a place; numbers of removed ones don't come back. */
  readonly revision: number
  /** What was asked for, explicit nulls included: writing it to the installation restores it. */
  readonly spec: ModuleInfoSpec
  readonly by: Author
  /** RFC 3339; null when it can't be told. */
  readonly at: string | null
  /** What the person gave as reason; `''` for none. */
  readonly reason: string
  /** The console's operation; `''` when it wasn't the console. */
  readonly operationId: string
  /** Set when the installation was removed afterwards, so that the next entry is a new installation. */
  readonly uninstalledAt: string | null
  /** What of the stored spec can't be read and was left out; such an entry must not be restored unseen. */
  readonly problems: readonly Reason[]
}

const LONGEST_TEXT = 1000

function timeOf(text: string | undefined): string | null {
  return text !== undefined && Number.isFinite(Date.parse(text)) ? text : null
}

function authorOf(annotations: Readonly<Record<string, string>>): Author {
  const line = (key: string): string => cleanLine(annotations[key] ?? '', LONGEST_TEXT)
  const actor = line(AUDIT.actor)
  if (actor !== '') return { kind: 'actor', name: actor }
  const manager = line(HISTORY.manager)
  return manager === '' ? { kind: 'unknown', name: '' } : { kind: 'manager', name: manager }
}

function entryOf(revision: ControllerRevision): HistoryEntry {
  const { apiVersion, kind, metadata, data } = revision
  // A stranger may have written it: the same checks as for the spec of an installation.
  const { object, problems } = soundObject('ModuleInfo', {
    apiVersion,
    kind,
    metadata,
    spec: data as unknown as ModuleInfoSpec,
  } satisfies ModuleInfo)
  const { annotations = {}, creationTimestamp } = object.metadata
  return {
    revision: revision.revision,
    spec: object.spec,
    by: authorOf(annotations),
    at: timeOf(annotations[HISTORY.changedAt]) ?? timeOf(creationTimestamp),
    reason: cleanLine(annotations[AUDIT.reason] ?? '', LONGEST_TEXT),
    operationId: cleanLine(annotations[AUDIT.operationId] ?? '', LONGEST_TEXT),
    uninstalledAt: timeOf(annotations[HISTORY.uninstalledAt]),
    problems,
  }
}

function isOf(revision: ControllerRevision, cluster: string, plugin: string): boolean {
  const labels = revision.metadata.labels
  return (
    labels?.[HISTORY.label] === HISTORY.labelValue &&
    labels[LABEL.clusterName] === cluster &&
    labels[LABEL.moduleName] === plugin &&
    Number.isSafeInteger(revision.revision)
  )
}

/**
 * The history of a plugin on a cluster, newest first, out of whatever ControllerRevisions there are. Never throws. The specs may
 * hold passwords, as the installations themselves do: show them to whoever may read those.
 */
export function installationHistory(
  revisions: readonly ControllerRevision[],
  cluster: string,
  plugin: string,
): HistoryEntry[] {
  return revisions
    .filter((revision) => isOf(revision, cluster, plugin))
    .map(entryOf)
    .sort((a, b) => b.revision - a.revision)
}
