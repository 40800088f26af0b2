import {
  AlreadyExistsError,
  BadRequestError,
  ConflictError,
  ExpiredError,
  ForbiddenError,
  InvalidError,
  KubeError,
  NotFoundError,
  TooLargeError,
  TooManyRequestsError,
  UnauthorizedError,
  UnavailableError,
} from './kube-error.ts'
import type { KubeErrorCause } from './kube-error.ts'

const MAX_MESSAGE = 4096
const MAX_CAUSES = 100

const CLASS_OF_CODE: Readonly<Record<number, typeof KubeError>> = {
  400: BadRequestError,
  401: UnauthorizedError,
  403: ForbiddenError,
  404: NotFoundError,
  405: BadRequestError,
  406: BadRequestError,
  409: ConflictError,
  410: ExpiredError,
  413: TooLargeError,
  415: BadRequestError,
  422: InvalidError,
  429: TooManyRequestsError,
}

const REASON_OF_CODE: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  410: 'Expired',
  413: 'RequestEntityTooLarge',
  422: 'Invalid',
  429: 'TooManyRequests',
  503: 'ServiceUnavailable',
  504: 'Timeout',
}

/**
 * The typed error of an answer that wasn't a success, or of the object of a watch's ERROR event.
 * @param code HTTP status
 * @param body parsed body, a `Status` where the server is a Kubernetes one; anything else is tolerated
 * @param retryAfter the header as it came: seconds or an HTTP date
 * @param now milliseconds since the epoch, to read dates against
 */
export function errorFromResponse(
  code: number,
  body: unknown,
  retryAfter?: string,
  now = Date.now(),
): KubeError {
  const status = isRecord(body) && body['kind'] === 'Status' ? body : {}
  const details = isRecord(status['details']) ? status['details'] : {}
  const reason = textOf(status['reason']) || REASON_OF_CODE[code] || 'Unknown'
  const message = withoutCredentials(textOf(status['message'])) || `the API server answered ${code}`
  const retryAfterMs = parseRetryAfter(retryAfter, now) ?? secondsOf(details['retryAfterSeconds'])
  const options = {
    code,
    reason,
    causes: causesOf(details['causes']),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  }
  if (code === 409 && reason === 'AlreadyExists') return new AlreadyExistsError(message, options)
  if (code >= 500 || code < 400) return new UnavailableError(message, options)
  return new (CLASS_OF_CODE[code] ?? KubeError)(message, options)
}

/** The typed error of a `Status` inside a stream, whose code stands in the object itself. */
export function errorFromStatus(status: unknown): KubeError {
  const code = isRecord(status) && typeof status['code'] === 'number' ? status['code'] : 500
  return errorFromResponse(code, status)
}

/** Milliseconds that a Retry-After header (seconds or HTTP date) asks for; undefined when it says nothing. */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined || header.trim() === '') return undefined
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header) * 1000
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

/** Proxies like to echo headers: whatever looks like a credential is cut out of the text. */
function withoutCredentials(text: string): string {
  return text.slice(0, MAX_MESSAGE).replace(/\b(Bearer|Basic)\s+[\w\-.~+/]{16,}=*/gi, '$1 ***')
}

function causesOf(causes: unknown): KubeErrorCause[] {
  if (!Array.isArray(causes)) return []
  return causes
    .slice(0, MAX_CAUSES)
    .filter(isRecord)
    .map((cause) => ({
      field: textOf(cause['field']),
      reason: textOf(cause['reason']),
      message: withoutCredentials(textOf(cause['message'])),
    }))
}

function secondsOf(seconds: unknown): number | undefined {
  return typeof seconds === 'number' && seconds > 0 ? seconds * 1000 : undefined
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
