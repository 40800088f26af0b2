import { controlKindOf } from './control-kind.ts'
import { argumentsOf } from './descriptor-draft.ts'
import type { DescriptorDraft } from './descriptor-draft.ts'
import { groupChain } from './form-layout.ts'
import type { FormObject } from './form-model.ts'
import { isObject, prefixTexts } from './form-path.ts'
import { guessKind } from './guess-kind.ts'
import type { DraftEntry } from './list-drafts.ts'
import { sampleAt } from './sample-at.ts'
import { hasShape } from './shape-controls.ts'

/** What the entries of one level say about its groups. */
interface Level {
  values: FormObject
  /** How many entries are in a group or below it. */
  members: ReadonlyMap<string, number>
  /** Every path above an entry's own. */
  above: ReadonlySet<string>
}

/**
 * How well a descriptor without a capability for a control serves as its group's header: 3 for one at the group's own
 * path, 2 for one above other members, 1 for one that only has a label; 0 for a control like any other.
 */
function rankOf(draft: DescriptorDraft, { values, members, above }: Level): number {
  const value = sampleAt(values, draft.path)
  const isFree = value === undefined || isObject(value)
  const isOwn = draft.id === draft.group || draft.id === draft.fullGroup
  if (isOwn && (isFree || Array.isArray(value))) return 3
  if (!isFree || hasShape(draft) || (members.get(draft.group) ?? 0) < 2) return 0
  if (above.has(draft.id)) return 2
  // Tolerations, requests and the like have an editor even where nothing says which.
  const kind = guessKind(value, draft.path)
  const isPlain = kind === 'text' || kind === 'data'
  return isPlain && argumentsOf(draft, 'label').length > 0 ? 1 : 0
}

/** The descriptors that only name their group and carry its conditions, without governing a value; by group. */
export function groupHeaders(
  entries: readonly DraftEntry[],
  values: FormObject,
): Map<string, DescriptorDraft> {
  const members = new Map<string, number>()
  const above = new Set<string>()
  for (const { draft } of entries) {
    for (const id of groupChain(draft.group)) members.set(id, (members.get(id) ?? 0) + 1)
    for (const text of prefixTexts(draft.path.slice(0, -1))) above.add(text)
  }
  const level: Level = { values, members, above }
  const headers = new Map<string, DescriptorDraft>()
  const ranks = new Map<string, number>()
  for (const { draft, list } of entries) {
    const { group } = draft
    if (list !== undefined || group === '' || controlKindOf(draft) !== null) continue
    const rank = rankOf(draft, level)
    if (rank <= (ranks.get(group) ?? 0)) continue
    ranks.set(group, rank)
    headers.set(group, draft)
  }
  return headers
}
