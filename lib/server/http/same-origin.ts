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
    return isSameHost(origin, header('host')) ? undefined : "a write must come from this console's own origin"
  if (typeof site === 'string') return undefined
  return typeof header('cookie') === 'string'
    ? 'a write with a cookie needs an Origin header or Sec-Fetch-Site'
    : undefined
}

/** Only host and port are compared: a proxy in front may speak TLS where we don't. */
export function isSameHost(origin: string, host: string | null | undefined): boolean {
  if (typeof host !== 'string' || !URL.canParse(origin)) return false
  const { protocol, host: originHost } = new URL(origin)
  if (protocol !== 'http:' && protocol !== 'https:') return false
  return URL.canParse(`${protocol}//${host}`) && new URL(`${protocol}//${host}`).host === originHost
}
