/** `/kubernetes/<cluster>` and what follows, query included, byte for byte. */
export interface GatewayPath {
  cluster: string
  rest: string
}

/** Whether a request's target is the gateway's business. */
export function isGatewayPath(path: string): boolean {
  return path === '/kubernetes' || path.startsWith('/kubernetes/')
}

/**
 * Takes the target of a request apart without changing a byte of it.
 * @returns undefined for a target that names no cluster, or that some server on the way might take for another
 *   cluster's: one with `.` or `..` as a segment, however they are written
 */
export function parseGatewayPath(target: string): GatewayPath | undefined {
  const [, cluster, rest = ''] =
    /^\/kubernetes\/([a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)([/?].*)?$/.exec(target) ?? []
  if (cluster === undefined) return undefined
  const path = rest.split('?', 1)[0] ?? ''
  if (path.includes('#') || leadsElsewhere(path)) return undefined
  return { cluster, rest: rest.startsWith('/') ? rest : `/${rest}` }
}

/** Servers decode before or after they split, some of them twice, and some take a backslash for a slash. */
function leadsElsewhere(path: string): boolean {
  let text = path
  for (let round = 0; round < 4; round += 1) {
    if (text.split(/[/\\]/).some((segment) => /^\.{1,2}(?:;|$)/.test(segment))) return true
    const decoded = decode(text)
    if (decoded === undefined) return true
    if (decoded === text) return false
    text = decoded
  }
  return true
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
