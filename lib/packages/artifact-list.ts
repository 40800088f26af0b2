import { PackageError } from './package-error.ts'

export interface ArtifactReference {
  repository: string
  tag: string
}

/** OCI distribution: repository names and tags. */
const REPOSITORY = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/

/** Longest repository name that registries take. */
const MAX_REPOSITORY = 255

/** One `repository:tag`; undefined when it is none. */
export function parseArtifactReference(text: string): ArtifactReference | undefined {
  const colon = text.lastIndexOf(':')
  if (colon < 1) return undefined
  const repository = text.slice(0, colon)
  const tag = text.slice(colon + 1)
  if (repository.length > MAX_REPOSITORY || !REPOSITORY.test(repository) || !TAG.test(tag)) return undefined
  return { repository, tag }
}

/**
 * The name of an image without the registry that it came from: `quay.io/ait/web-cli:v4` is `ait/web-cli:v4`.
 * @returns undefined when it is no `repository:tag`
 */
export function withoutHost(name: string): ArtifactReference | undefined {
  const slash = name.indexOf('/')
  const first = name.slice(0, Math.max(slash, 0))
  const hasHost = /[.:]/.test(first) || first === 'localhost'
  return parseArtifactReference(hasHost ? name.slice(slash + 1) : name)
}

/**
 * The artifacts that `res/artifacts.txt` lists, in its order, each once. Blank lines and `#` comments are allowed.
 * @throws PackageError `artifacts-invalid`, naming the line; `too-many-artifacts`
 */
export function parseArtifactList(text: string, maxArtifacts: number): ArtifactReference[] {
  const found = new Map<string, ArtifactReference>()
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const line = raw.replace(/(?:^|\s)#.*$/, '').trim()
    if (line === '') continue
    const reference = parseArtifactReference(line)
    if (reference === undefined)
      throw new PackageError(
        'artifacts-invalid',
        `Line ${index + 1} of res/artifacts.txt is not repository:tag`,
        {
          entry: 'res/artifacts.txt',
        },
      )
    found.set(line, reference)
    if (found.size > maxArtifacts)
      throw new PackageError(
        'too-many-artifacts',
        `res/artifacts.txt lists more than ${maxArtifacts} artifacts`,
        {
          entry: 'res/artifacts.txt',
          limit: maxArtifacts,
        },
      )
  }
  return [...found.values()]
}
