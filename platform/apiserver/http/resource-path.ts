/** A path below `/api` or `/apis`, taken apart. */
export interface ResourcePath {
  readonly group: string
  readonly version: string
  readonly plural: string
  readonly namespace: string
  readonly name: string
  readonly subresource: string
}

/** Takes a decoded path apart; undefined when it is none of a resource. */
export function resourcePath(segments: readonly string[]): ResourcePath | undefined {
  const [root, ...rest] = segments
  if (root === 'api') return inVersion('', rest)
  if (root !== 'apis') return undefined
  const [group = '', ...below] = rest
  return inVersion(group, below)
}

function inVersion(group: string, segments: readonly string[]): ResourcePath | undefined {
  const [version, ...rest] = segments
  if (version === undefined || rest.length === 0) return undefined
  const isNamespaced = rest[0] === 'namespaces' && rest.length > 2 && !isNamespaceSubresource(rest)
  const [plural, name = '', subresource = '', ...tooMuch] = isNamespaced ? rest.slice(2) : rest
  if (plural === undefined || plural === '' || tooMuch.length > 0) return undefined
  return { group, version, plural, namespace: isNamespaced ? (rest[1] ?? '') : '', name, subresource }
}

/** `namespaces/x/status` is a part of the namespace, not a resource in it. */
function isNamespaceSubresource(segments: readonly string[]): boolean {
  return segments.length === 3 && (segments[2] === 'status' || segments[2] === 'finalize')
}
