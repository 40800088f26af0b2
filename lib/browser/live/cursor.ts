/**
 * A cursor is an id of the event stream, `<epoch>.<revision>`: the epoch changes when the console restarts.
 * @returns whether `seen` tells of changes that something made at `made` can't know of
 */
export function isAhead(seen: string | null, made: string | null): boolean {
  if (seen === null) return false
  if (made === null) return true
  const [seenEpoch, seenRevision] = seen.split('.')
  const [madeEpoch, madeRevision] = made.split('.')
  return seenEpoch !== madeEpoch || Number(seenRevision) > Number(madeRevision)
}
