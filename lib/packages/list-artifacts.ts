import type { PackageWarning } from '#lib/domain/package-warning.ts'
import { packageWarning } from './package-warning.ts'
import type { ArtifactReference } from './artifact-list.ts'
import type { PackageArtifact } from './package-contents.ts'
import type { ArtifactTree, StoredArtifacts } from './stored-artifacts.ts'

/** As many names as a sentence bears. */
const MOST_NAMED = 5

function some(names: readonly string[]): string {
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : ''
  return names.slice(0, MOST_NAMED).join(', ') + more
}

/**
 * What the package holds of each artifact that it lists. What is odd and harmless is told in `warnings`: listed and not
 * held, held and not listed, blobs held twice or without use.
 * @throws PackageError `artifact-incomplete` when an artifact is held in part
 */
export function listArtifacts(
  listed: readonly ArtifactReference[],
  stored: StoredArtifacts,
  warnings: PackageWarning[],
): PackageArtifact[] {
  const trees = new Map<string, ArtifactTree>()
  for (const name of stored.tags.keys()) {
    const tree = stored.treeOf(name)
    if (tree !== null) trees.set(name, tree)
  }
  const artifacts = listed.map(({ repository, tag }): PackageArtifact => {
    const name = `${repository}:${tag}`
    const tree = trees.get(name)
    if (tree === undefined) return { repository, tag, digest: null, type: 'absent', platforms: [], bytes: 0 }
    const { type, platforms } = tree
    return {
      repository,
      tag,
      digest: stored.tags.get(name) ?? null,
      type,
      platforms,
      bytes: stored.bytesOf(tree),
    }
  })
  if (stored.layout === 'none') return artifacts
  for (const { repository, tag, digest } of artifacts)
    if (digest === null) warnings.push(packageWarning('not-held', { artifact: `${repository}:${tag}` }))
  const names = new Set(listed.map(({ repository, tag }) => `${repository}:${tag}`))
  const unlisted = [...trees.keys()].filter((name) => !names.has(name))
  if (unlisted.length > 0) warnings.push(packageWarning('not-listed', { artifacts: some(unlisted) }))
  const { doubled, unreferenced } = stored.oddBlobs([...trees.values()])
  if (doubled.length > 0) warnings.push(packageWarning('held-twice', { blobs: some(doubled) }))
  if (unreferenced.length > 0) warnings.push(packageWarning('without-use', { blobs: some(unreferenced) }))
  return artifacts
}
