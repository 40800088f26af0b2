import type { RegistryErrorCode } from '#lib/domain/registry-error-code.ts'
import { RegistryError } from './registry-error.ts'
import type { RegistryCredentials } from './registry-target.ts'
import { retryAfterOf } from './retry.ts'

interface FailedAnswer {
  status: number
  header(name: string): string | undefined
  body: Buffer
}

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
  const retryAfterMs = retryAfterOf(answer.header('retry-after'), new Date())
  return new RegistryError(codeOf(status), `${meaningOf(status, origin)}${said === '' ? '' : `: ${said}`}`, {
    status,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  })
}

/** Why there was no answer. Names the host alone: addresses of uploads hold state that is a secret of the registry's. */
export function errorFromNetwork(error: unknown, url: URL): RegistryError {
  const code =
    codesOf(error).find((one) => TIMEOUTS.has(one) || CERTIFICATE.test(one)) ?? codesOf(error)[0] ?? ''
  const { host } = url
  if (CERTIFICATE.test(code))
    return new RegistryError('certificate', `The certificate of ${host} is not trusted (${code})`)
  if (TIMEOUTS.has(code)) return new RegistryError('timeout', `${host} did not answer in time`)
  return new RegistryError('unreachable', `${host} can’t be reached${code === '' ? '' : ` (${code})`}`)
}

function codesOf(error: unknown): string[] {
  const codes: string[] = []
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth++)
    if ('code' in at && typeof at.code === 'string') codes.push(at.code)
  return codes
}

function codeOf(status: number): RegistryErrorCode {
  if (status === 401) return 'unauthorized'
  if (status === 403) return 'forbidden'
  if (status === 404) return 'not-found'
  if (status === 408) return 'timeout'
  if (status === 429) return 'rate-limited'
  if (status >= 500) return 'unavailable'
  return status >= 400 ? 'refused' : 'invalid-answer'
}

function meaningOf(status: number, origin: string): string {
  if (status === 401) return `${origin} does not accept these credentials`
  if (status === 403) return `${origin} does not allow this`
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
