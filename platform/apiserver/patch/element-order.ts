import type { Json } from '#lib/kinds/object.ts'

/**
 * Puts a merged list into the order that a strategic merge promises: what the patch names stands in the patch's order,
 * the rest in the order it had before, and something that is new comes as early as both allow.
 * @param merged every item once
 * @param wanted the order of the items that the patch names
 * @param before the list as it was
 * @param same whether two items are the same one
 */
export function inElementOrder(
  merged: readonly Json[],
  wanted: readonly Json[],
  before: readonly Json[],
  same: (a: Json, b: Json) => boolean,
): Json[] {
  const placeIn = (list: readonly Json[], item: Json) => list.findIndex((known) => same(known, item))
  const sorted = (items: Json[], order: readonly Json[]) =>
    items.sort((a, b) => placeIn(order, a) - placeIn(order, b))
  const named = sorted(
    merged.filter((item) => placeIn(wanted, item) >= 0),
    wanted,
  )
  const others = sorted(
    merged.filter((item) => placeIn(wanted, item) < 0),
    before,
  )
  const result: Json[] = []
  while (named.length > 0 && others.length > 0) {
    const [next, other] = [placeIn(before, named[0] as Json), placeIn(before, others[0] as Json)]
    const from = next >= 0 && other >= 0 && other < next ? others : named
    result.push(from.shift() as Json)
  }
  return [...result, ...named, ...others]
}
