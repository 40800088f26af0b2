import type { RegistryErrorCode } from '#lib/domain/registry-error-code.ts'
import { RegistryError } from './registry-error.ts'
import type { RegistryCredentials } from './registry-target.ts'
import { retryAfterOf } from './retry.ts'

interface FailedAnswer {
  status: number
  header(name: string): string | undefined
  body: Buffer
}

/** What is heard where HTTPS was expected and HTTP is spoken. */
const NOT_TLS = new Set(['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG'])
const LONGEST_WORDS = 200
const TIMEOUTS = new Set([
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'ETIMEDOUT',
])
const CERTIFICATE =
  /^(?:ERR_TLS_|CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_)|^(?:ERR_SSL_)/

/** What a registry's answer means, with its own words where it has some and they are harmless. */
export function errorFromAnswer(
  answer: FailedAnswer,
  origin: string,
  credentials: RegistryCredentials | null,
): RegistryError {
  const { status } = answer
  const said = wordsOf(answer.body, credentials)
  if (status === 400 && origin.startsWith('http:') && isForTls(answer.body))
    return new RegistryError(
      'invalid-answer',
      `${new URL(origin).host} refuses plain HTTP: it may speak HTTPS only`,
      { status },
    )
  const retryAfterMs = retryAfterOf(answer.header('retry-after'), new Date())
  return new RegistryError(
    codeOf(status),
    `${meaningOf(status, origin, credentials)}${said === '' ? '' : `: ${said}`}`,
    {
      status,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    },
  )
}

/**
 * Why there was no answer. Names the host alone: addresses of uploads hold state that is a secret of the registry's.
 * @param proxy URL of the proxy on the way; empty for none
 */
export function errorFromNetwork(error: unknown, url: URL, proxy = ''): RegistryError {
  const code =
    codesOf(error).find((one) => TIMEOUTS.has(one) || CERTIFICATE.test(one)) ?? codesOf(error)[0] ?? ''
  const refusal = /^Proxy response \((4\d\d)\)/.exec(error instanceof Error ? error.message : '')?.[1]
  if (refusal !== undefined)
    return new RegistryError(
      'forbidden',
      `The proxy ${new URL(proxy).host} does not lead to ${url.host} (${refusal})`,
      { status: Number(refusal) },
    )
  const host = proxy === '' ? url.host : `${url.host} (through the proxy ${new URL(proxy).host})`
  if (NOT_TLS.has(code)) return new RegistryError('certificate', `${host} does not speak HTTPS (${code})`)
  if (CERTIFICATE.test(code))
    return new RegistryError('certificate', `The certificate of ${host} is not trusted (${code})`)
  if (TIMEOUTS.has(code)) return new RegistryError('timeout', `${host} did not answer in time`)
  return new RegistryError('unreachable', `${host} can’t be reached${code === '' ? '' : ` (${code})`}`)
}

/** What Go's servers answer where they speak HTTPS; nothing to a HEAD, where an OCI registry would say nothing, either. */
function isForTls(body: Buffer): boolean {
  return body.length === 0 || /HTTP request to an HTTPS server/.test(body.toString('latin1'))
}

function codesOf(error: unknown): string[] {
  const codes: string[] = []
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth++)
    if ('code' in at && typeof at.code === 'string') codes.push(at.code)
  return codes
}

function codeOf(status: number): RegistryErrorCode {
  if (status === 401) return 'unauthorized'
  if (status === 403 || status === 407) return 'forbidden'
  if (status === 404) return 'not-found'
  if (status === 408) return 'timeout'
  if (status === 429) return 'rate-limited'
  if (status >= 500) return 'unavailable'
  return status >= 400 ? 'refused' : 'invalid-answer'
}

function meaningOf(status: number, origin: string, credentials: RegistryCredentials | null): string {
  if (status === 401 && credentials === null)
    return `${origin} asks for a name and a password; none were given`
  if (status === 401) return `${origin} does not accept these credentials`
  if (status === 403) return `${origin} does not allow this`
  if (status === 407) return `The proxy in front of ${origin} asks for a name and a password`
  if (status === 429) return `${origin} has too many requests`
  return `${origin} answered ${status}`
}

/** The words of an OCI error body (`{errors: [{code, message}]}`); nothing that could hold a secret. */
function wordsOf(body: Buffer, credentials: RegistryCredentials | null): string {
  let value: unknown
  try {
    value = JSON.parse(body.toString('utf8'))
  } catch {
    return ''
  }
  const errors = (value as { errors?: unknown } | null)?.errors
  const [first] = Array.isArray(errors) ? (errors as unknown[]) : []
  const { code, message } = (typeof first === 'object' && first !== null ? first : {}) as Record<
    string,
    unknown
  >
  const words = [code, message].filter((part) => typeof part === 'string' && part !== '').join(', ')
  const isTelling =
    credentials !== null && credentials.password !== '' && words.includes(credentials.password)
  // oxlint-disable-next-line no-control-regex -- a stranger's words go into logs and onto pages
  return isTelling ? '' : words.replaceAll(/[\u0000-\u001f\u007f]/g, ' ').slice(0, LONGEST_WORDS)
}
