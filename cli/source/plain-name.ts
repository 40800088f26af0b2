import { parseArtifactReference, type ArtifactReference } from '#lib/packages/artifact-list.ts'

/**
 * The name of an image without the registry that it came from: `quay.io/ait/web-cli:v4` is `ait/web-cli:v4`.
 * @returns undefined when it is no `repository:tag`
 */
export function plainName(name: string): ArtifactReference | undefined {
  const slash = name.indexOf('/')
  const first = name.slice(0, Math.max(slash, 0))
  const hasHost = /[.:]/.test(first) || first === 'localhost'
  return parseArtifactReference(hasHost ? name.slice(slash + 1) : name)
}
