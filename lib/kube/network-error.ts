import { UnavailableError } from './kube-error.ts'

const KNOWN: Readonly<Record<string, readonly [reason: string, why: string]>> = {
  ECONNREFUSED: ['ConnectionRefused', 'connection refused'],
  ENOTFOUND: ['HostNotFound', 'no such host'],
  EAI_AGAIN: ['HostNotFound', 'the name can not be resolved'],
  EHOSTUNREACH: ['HostUnreachable', 'no route to host'],
  ENETUNREACH: ['HostUnreachable', 'network unreachable'],
  ETIMEDOUT: ['Timeout', 'no answer in time'],
  UND_ERR_CONNECT_TIMEOUT: ['Timeout', 'no answer in time'],
  ECONNRESET: ['ConnectionClosed', 'connection closed by the other side'],
  EPIPE: ['ConnectionClosed', 'connection closed by the other side'],
  UND_ERR_SOCKET: ['ConnectionClosed', 'connection closed by the other side'],
  UND_ERR_DESTROYED: ['ClientClosed', 'the client was closed'],
  UND_ERR_CLOSED: ['ClientClosed', 'the client was closed'],
  EPROTO: ['TlsError', 'TLS handshake failed'],
  ERR_SSL_WRONG_VERSION_NUMBER: ['TlsError', 'the server does not speak TLS'],
}

/** The typed error of a call that got no answer; only codes are taken over from the original. */
export function errorFromNetwork(error: unknown, server: string): UnavailableError {
  const code = codeOf(error)
  const [reason, why] = KNOWN[code] ?? (isCertificate(code) ? certificate(code) : connection(code))
  return new UnavailableError(`${server} can't be reached: ${why}`, {
    code: reason === 'Timeout' ? 504 : 503,
    reason,
  })
}

function codeOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException
  return typeof code === 'string' ? code : ''
}

function isCertificate(code: string): boolean {
  return /CERT|LEAF_SIGNATURE|ALTNAME/.test(code)
}

function certificate(code: string): readonly [string, string] {
  return ['CertificateError', `its certificate is not trusted (${code})`]
}

function connection(code: string): readonly [string, string] {
  return ['ConnectionError', code === '' ? 'the connection failed' : `the connection failed (${code})`]
}
