import type { DescriptorDraft } from './descriptor-draft.ts'
import { formatPath } from './form-path.ts'
import type { FormPath } from './form-path.ts'
import type { RowPaths } from './row-paths.ts'

/** What stands at one place of a form: a descriptor, or a list with those for its rows. */
export interface DraftEntry {
  /** A list's own descriptor, or one that stands for it. */
  draft: DescriptorDraft
  list?: {
    /** About the entries themselves, where those are scalars. */
    item: DescriptorDraft | null
    members: DescriptorDraft[]
  }
}

/** The innermost group that all members are in, so that their list stands there. */
function commonGroup(members: readonly DescriptorDraft[]): string {
  let common = (members[0]?.group ?? '').split('.')
  for (const { group } of members) {
    const parts = group.split('.')
    const end = common.findIndex((part, index) => part !== parts[index])
    if (end >= 0) common = common.slice(0, end)
  }
  return common.join('.')
}

/** A descriptor for a list that has none. */
function standIn(path: FormPath, members: readonly DescriptorDraft[]): DescriptorDraft {
  const group = commonGroup(members)
  return {
    path,
    id: formatPath(path),
    capabilities: [],
    label: {},
    description: {},
    placeholder: {},
    tooltip: {},
    group,
    fullGroup: group,
    advanced: members.every((member) => member.advanced),
    immutable: members.every((member) => member.immutable),
  }
}

/** A group as it is seen from a row of a list that stands in `outer`. */
function innerGroup(group: string, outer: string): string {
  if (outer === '' || group === '') return group
  if (group === outer) return ''
  return group.startsWith(`${outer}.`) ? group.slice(outer.length + 1) : group
}

function asList(path: FormPath, own: DescriptorDraft | null, below: readonly DescriptorDraft[]): DraftEntry {
  // A list of which anything may change can change: who lists a field of its rows may well not repeat its name.
  const immutable = [...(own === null ? [] : [own]), ...below].every((one) => one.immutable)
  const draft = { ...(own ?? standIn(path, below)), immutable }
  const itemId = formatPath([...path, null])
  const item = below.find(({ id }) => id === itemId) ?? null
  // Only a list that can't change as a whole has rows that can't: new rows must be filled in.
  const members = below
    .filter((member) => member !== item && member.id !== itemId)
    .map((member) => ({ ...member, immutable, group: innerGroup(member.group, draft.group) }))
  // A group that only holds the list would say its name twice.
  const isDouble = own !== null && own.group === own.id
  return {
    draft: isDouble ? { ...draft, group: '' } : draft,
    list: { item, members },
  }
}

/**
 * Sorts the descriptors of one level: those inside a list's rows go to their list, which stands where the first of
 * them does.
 * @param depth steps of the row's own path; 0 for the form itself
 */
export function draftEntries(
  drafts: readonly DescriptorDraft[],
  depth: number,
  rows: RowPaths,
): DraftEntry[] {
  const lists = new Map<string, { path: FormPath; own: DescriptorDraft | null; below: DescriptorDraft[] }>()
  const places: (DescriptorDraft | string)[] = []
  for (const draft of drafts) {
    const each = draft.path.indexOf(null, depth)
    const isOwn = each < 0 && rows.isList(draft.path)
    if (each < 0 && !isOwn) {
      places.push(draft)
      continue
    }
    const path = isOwn ? draft.path : draft.path.slice(0, each)
    const key = formatPath(path)
    let list = lists.get(key)
    if (list === undefined) {
      list = { path, own: null, below: [] }
      lists.set(key, list)
      places.push(key)
    }
    if (!isOwn) list.below.push(draft)
    else list.own ??= draft
  }
  return places.flatMap((place): DraftEntry[] => {
    if (typeof place !== 'string') return [{ draft: place }]
    const list = lists.get(place)
    return list === undefined ? [] : [asList(list.path, list.own, list.below)]
  })
}
