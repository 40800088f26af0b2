import type { SourceFreshness } from '#lib/contract/freshness.ts'

/** When a live source was last known would change an answer's tag with every breath; the live badge tells it. */
export function steady(source: SourceFreshness): SourceFreshness {
  return { ...source, knownAt: source.state === 'live' ? null : source.knownAt }
}
