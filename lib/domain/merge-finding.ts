import type { Json } from '#lib/kinds/object.ts'
import type { FormPath } from './form/form-path.ts'
import { isSameJson } from './same-json.ts'

/**
 * `conflict`: set by the user, and the default changed to something else. `removed`: the new version has no such key.
 * `follows`: left at the old default, which changed. `added`: only the new version has it. `kept`: set (or taken away)
 * by the user, and the new version leaves it at that.
 */
export const FINDING_KINDS = ['conflict', 'removed', 'follows', 'added', 'kept'] as const

export type FindingKind = (typeof FINDING_KINDS)[number]

/** Whose value counts: the user's, or the new version's. Absence is a value too. */
export type MergeChoice = 'mine' | 'new'

/** A place in the old defaults, the user's configuration and the new defaults; undefined where it is absent. */
export interface MergeSides {
  old: Json | undefined
  mine: Json | undefined
  next: Json | undefined
}

export interface MergeFinding extends MergeSides {
  /** The canonical text of `path`. */
  id: string
  path: FormPath
  kind: FindingKind
  /** What it does unless the user chooses otherwise. */
  choice: MergeChoice
  /** It can't change after installing: there is nothing to choose. */
  isFixed?: true
}

type Change = Pick<MergeFinding, 'kind' | 'choice' | 'isFixed'>

function change(kind: FindingKind, choice: MergeChoice): Change {
  return { kind, choice }
}

/**
 * What an upgrade means for one value; null where the user's value and the new default are the same anyway.
 * @param isFixed what runs can't change any more
 */
export function classifyChange(
  { old, mine, next }: MergeSides,
  isOldKnown: boolean,
  isFixed: boolean,
): Change | null {
  if (isSameJson(mine, next)) return null
  if (isFixed && mine !== undefined) return { kind: 'kept', choice: 'mine', isFixed }
  if (mine === undefined) {
    // Taken away by the user: absence is what was asked for.
    if (old !== undefined) return change(isSameJson(old, next) ? 'kept' : 'conflict', 'mine')
    return change('added', 'new')
  }
  if (!isOldKnown) return change(next === undefined ? 'removed' : 'kept', 'mine')
  if (next === undefined)
    return old === undefined
      ? change('kept', 'mine')
      : change('removed', isSameJson(old, mine) ? 'new' : 'mine')
  if (isSameJson(old, mine)) return change('follows', 'new')
  return change(isSameJson(old, next) ? 'kept' : 'conflict', 'mine')
}
