import type { PackageArtifact } from '../package-contents.ts'
import { inParallel } from './in-parallel.ts'
import { RegistryClient, type RegistryClientOptions } from './registry-client.ts'
import { repositoryAt, type RegistryTarget } from './registry-target.ts'

/** What a push would do about an artifact. `absent`: neither the package nor the registry has it. */
export type ArtifactChange = 'pushed' | 'unchanged' | 'conflict' | 'absent'

export interface ComparedArtifact {
  repository: string
  tag: string
  change: ArtifactChange
  /** What stands under the tag where that is something else. */
  standing: string | null
}

const PARALLEL = 4

/**
 * Asks a registry what of a package it has; sends nothing.
 * @throws RegistryError; the signal's reason
 */
export async function compareArtifacts(
  artifacts: readonly PackageArtifact[],
  target: RegistryTarget,
  { client: options, signal }: { client?: RegistryClientOptions; signal?: AbortSignal } = {},
): Promise<ComparedArtifact[]> {
  const client = new RegistryClient(target, options, signal)
  const compared = new Map<PackageArtifact, ComparedArtifact>()
  try {
    await inParallel(artifacts, PARALLEL, async (artifact) => {
      const { repository, tag, digest } = artifact
      const live = await client.manifestDigest(repositoryAt(target, repository), tag)
      const change = changeOf(digest, live)
      compared.set(artifact, { repository, tag, change, standing: change === 'conflict' ? live : null })
    })
  } finally {
    await client.close()
  }
  return artifacts.flatMap((artifact) => compared.get(artifact) ?? [])
}

function changeOf(digest: string | null, live: string | null): ArtifactChange {
  if (live === null) return digest === null ? 'absent' : 'pushed'
  return digest === null || digest === live ? 'unchanged' : 'conflict'
}
