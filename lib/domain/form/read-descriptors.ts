import type { ControlCollector } from './control-collector.ts'
import { readDescriptor } from './descriptor-draft.ts'
import type { DescriptorDraft } from './descriptor-draft.ts'
import { isObject } from './form-path.ts'

/** More controls than anyone fills in; what is beyond is edited as YAML. */
export const MAX_CONTROLS = 2000
const MAX_CAPABILITIES = 60_000
/** Characters of all capabilities: more than an API server stores in one object. */
const MAX_CHARACTERS = 4_000_000

function readList(raw: unknown, immutable: boolean, into: ControlCollector): DescriptorDraft[] {
  const drafts: DescriptorDraft[] = []
  let budget = MAX_CAPABILITIES
  let characters = MAX_CHARACTERS
  for (const descriptor of Array.isArray(raw) ? raw : []) {
    if (drafts.length >= MAX_CONTROLS || budget <= 0 || characters <= 0) {
      into.note('form-cut', '', '')
      break
    }
    const draft = readDescriptor(descriptor, immutable)
    const path = isObject(descriptor) && typeof descriptor['path'] === 'string' ? descriptor['path'] : ''
    if (draft === null) into.note('path-unusable', '', path)
    else drafts.push(draft)
    budget -= (draft?.capabilities.length ?? 0) + 1
    for (const { text } of draft?.capabilities ?? []) characters -= text.length
  }
  return drafts
}

/**
 * Reads descriptor lists, whatever is in them. What only `fixed` has is immutable; the order is that of
 * `fixed`, then what `open` has besides.
 */
export function readDescriptors(open: unknown, fixed: unknown, into: ControlCollector): DescriptorDraft[] {
  const openDrafts = readList(open, false, into)
  const fixedDrafts = readList(fixed, true, into)
  if (fixedDrafts.length === 0) return openDrafts
  // Several descriptors may share a path, each with its own condition: they stay together.
  const byId = Map.groupBy(openDrafts, (draft) => draft.id)
  const isFixed = new Set(fixedDrafts.map((draft) => draft.id))
  const taken = new Set<string>()
  const inOrder = fixedDrafts.flatMap((draft) => {
    const own = byId.get(draft.id)
    if (own === undefined) return [draft]
    if (taken.has(draft.id)) return []
    taken.add(draft.id)
    return own
  })
  return [...inOrder, ...openDrafts.filter((draft) => !isFixed.has(draft.id))]
}
