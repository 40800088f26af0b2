/** Header values of a request, by lower-case name. */
export type HeaderLookup = (name: string) => string | null | undefined

/**
 * Why a write may have been triggered by another site, or undefined when it can't.
 * Browsers send Origin with every write and Sec-Fetch-Site on trustworthy origins: what is there must say "same".
 * With neither, the client is no browser; it passes as long as it sends no cookie that a browser could have lent it.
 */
export function crossOriginProblem(header: HeaderLookup): string | undefined {
  const site = header('sec-fetch-site')
  const origin = header('origin')
  if (typeof site === 'string' && site !== 'same-origin')
    return `a write must come from this console's own pages, not from a ${site} request`
  if (typeof origin === 'string')
    return hostOf(origin) === normalHost(header('host'))
      ? undefined
      : "a write must come from this console's own origin"
  if (typeof site === 'string') return undefined
  return typeof header('cookie') === 'string'
    ? 'a write with a cookie needs an Origin header or Sec-Fetch-Site'
    : undefined
}

/** Host and port of an origin; the scheme is left out, as a proxy in front may speak TLS where we don't. */
function hostOf(origin: string): string | undefined {
  try {
    const url = new URL(origin)
    return /^https?:$/.test(url.protocol) ? url.host : undefined
  } catch {
    return undefined
  }
}

function normalHost(host: string | null | undefined): string | null {
  return typeof host === 'string' && URL.canParse(`http://${host}`) ? new URL(`http://${host}`).host : null
}
