import { specHash } from '#lib/domain/spec-hash.ts'
import type { ControllerRevision } from '#lib/kinds/controller-revision.ts'
import { LABEL } from '#lib/kinds/labels.ts'
import type { Place } from '../module-info/place.ts'

/** A revision without its data, which may be large: only whether a spec is the same is asked of it here. */
export type KnownRevision = ControllerRevision & { readonly data?: { readonly hash?: string } }

function hashOf(data: unknown): string {
  try {
    return specHash(data)
  } catch {
    // Nested too deep to be anybody's spec: equal to none.
    return ''
  }
}

/** What of a revision is kept in memory. */
export function withoutData(revision: ControllerRevision): KnownRevision {
  return { ...revision, data: { hash: hashOf(revision.data) } }
}

/** Whether a revision holds this very spec. */
export function holdsSpec(revision: KnownRevision, spec: unknown): boolean {
  const hash = revision.data?.hash ?? ''
  return hash !== '' && hash === hashOf(spec)
}

function keyOf({ metadata: { labels } }: ControllerRevision): string {
  return `${labels?.[LABEL.clusterName] ?? ''}/${labels?.[LABEL.moduleName] ?? ''}`
}

function version({ metadata }: ControllerRevision): number {
  return Number(metadata.resourceVersion ?? 0)
}

/** The revisions of each place: what a cache tells, and sooner what this process wrote itself. */
export class RevisionIndex {
  private readonly places = new Map<string, Map<string, KnownRevision>>()

  put(revision: KnownRevision): void {
    const key = keyOf(revision)
    const group = this.places.get(key) ?? new Map<string, KnownRevision>()
    const known = group.get(revision.metadata.name)
    // The cache may tell later what was known before.
    if (known !== undefined && version(known) > version(revision)) return
    group.set(revision.metadata.name, revision)
    this.places.set(key, group)
  }

  drop(revision: KnownRevision): void {
    const key = keyOf(revision)
    const group = this.places.get(key)
    group?.delete(revision.metadata.name)
    if (group?.size === 0) this.places.delete(key)
  }

  /** Those of a place, oldest first. */
  of({ cluster, plugin }: Place): KnownRevision[] {
    const group = this.places.get(`${cluster}/${plugin}`)
    return [...(group?.values() ?? [])].sort((a, b) => a.revision - b.revision)
  }

  all(): KnownRevision[][] {
    return [...this.places.values()].map((group) => [...group.values()])
  }
}
