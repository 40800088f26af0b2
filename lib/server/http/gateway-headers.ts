import { COMMON_HEADERS, DATA_POLICY } from './security-headers.ts'

/** What a connection says about itself, and what undici writes on its own. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'host',
  'expect',
])

/** What a browser adds, which is no business of the API server, and what only a trusted front may say of a user. */
const NOT_SENT_ON =
  /^(?:cookie2?|origin|referer|sec-.*|x-remote-.*|x-nonce|forwarded|x-forwarded-.*|x-real-ip)$/

/** What an answer may say to a client of ours; everything else would speak for the console. */
const SENT_BACK = [
  'content-type',
  'content-length',
  'content-encoding',
  'content-range',
  'accept-ranges',
  'date',
  'etag',
  'last-modified',
  'vary',
  'allow',
  'retry-after',
  'warning',
  'audit-id',
  'x-kubernetes-pf-flowschema-uid',
  'x-kubernetes-pf-prioritylevel-uid',
]

/** What every answer of the gateway says, whoever made it: nothing in it may run, or be framed, or be sniffed. */
export const OWN_HEADERS: readonly string[] = Object.entries({
  ...COMMON_HEADERS,
  'content-security-policy': DATA_POLICY,
}).flat()

type Headers = Readonly<Record<string, string | string[] | undefined>>

/**
 * The headers that go to the API server: all of the client's own but those of its connection, cookies, and whatever
 * claims to be somebody. Repeated ones stay repeated (`Impersonate-Group`).
 * @param raw names and values in turns
 * @param address where the client is, for the API server's audit log
 */
export function requestHeaders(raw: readonly string[], address: string | undefined): string[] {
  const named = new Set<string>()
  for (let index = 0; index < raw.length; index += 2)
    if (raw[index]?.toLowerCase() === 'connection')
      for (const name of (raw[index + 1] ?? '').split(',')) named.add(name.trim().toLowerCase())
  const headers: string[] = []
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index]?.toLowerCase() ?? ''
    if (HOP_BY_HOP.has(name) || NOT_SENT_ON.test(name)) continue
    // Naming it as the connection's would make a request that goes on without it.
    if (named.has(name) && name !== 'authorization' && name !== 'content-length') continue
    headers.push(name, raw[index + 1] ?? '')
  }
  if (address !== undefined) headers.push('x-forwarded-for', address)
  return headers
}

/**
 * The headers that come back, names and values in turns: nothing that sets cookies, opens the answer to other origins,
 * or makes a browser do something. Redirects stay below the cluster's path or are left out.
 * @param prefix `/kubernetes/<cluster>`
 */
export function answerHeaders(headers: Headers, prefix: string): string[] {
  const answer = [...OWN_HEADERS]
  for (const name of SENT_BACK) {
    const value = headers[name]
    if (typeof value === 'string') answer.push(name, value)
    else if (value !== undefined) for (const one of value) answer.push(name, one)
  }
  const { location, 'cache-control': caching } = headers
  if (typeof location === 'string' && /^\/(?![/\\])/.test(location))
    answer.push('location', prefix + location)
  answer.push('cache-control', String(caching ?? 'no-store'))
  return answer
}
