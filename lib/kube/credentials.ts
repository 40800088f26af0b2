import type { RequestOptions } from 'node:https'
import type { ConnectionOptions } from 'node:tls'
import { KubeConfig } from '@kubernetes/client-node'
import { UnauthorizedError } from './kube-error.ts'

export interface Credential {
  /** Request headers, Authorization among them. */
  headers: Record<string, string>
  /** TLS options of the connection: ca, cert, key, servername, rejectUnauthorized. */
  tls: ConnectionOptions
  /** Texts that must never show up in a message. */
  secrets: readonly string[]
}

export interface Credentials {
  /** What to send now; asks plug-ins and reads files again when the last answer is older than 30 s. */
  current(): Promise<Credential>
  /** Forgets a credential that the server refused. False when asking again would bring the same. */
  refresh(refused: Credential): boolean
}

const FRESH_MS = 30_000

/**
 * The credentials of the kubeconfig's current user: token, token file, exec plug-in, client certificate, basic, OIDC.
 * @throws (from `current`) UnauthorizedError when a plug-in or a file fails; what a plug-in printed stays secret
 */
export function createCredentials(
  config: KubeConfig,
  now: () => number = () => performance.now(),
): Credentials {
  const user = config.getCurrentUser() ?? { name: 'anonymous' }
  const isRenewable = Boolean(user.exec ?? user.authProvider)
  let provider = providerOf(config)
  let known: { at: number; credential: Promise<Credential>; value?: Credential } | undefined

  function current(): Promise<Credential> {
    if (known !== undefined && now() - known.at < FRESH_MS) return known.credential
    const entry: typeof known = { at: now(), credential: ask(provider) }
    known = entry
    entry.credential.then(
      (value) => (entry.value = value),
      () => {
        if (known === entry) known = undefined
      },
    )
    return entry.credential
  }

  async function ask(provider: KubeConfig): Promise<Credential> {
    const options: RequestOptions = { headers: {} }
    try {
      await provider.applyToHTTPSOptions(options)
    } catch (error) {
      throw new UnauthorizedError(`the credentials of user "${user.name}" can't be had: ${whyOf(error)}`, {
        code: 401,
        reason: 'CredentialsUnavailable',
      })
    }
    return credentialFrom(options)
  }

  return {
    current,
    refresh(refused) {
      // Of many calls that were refused together, the first one renews for all.
      if (isRenewable && known?.value === refused) {
        known = undefined
        // Plug-ins cache inside client-node; only new authenticators forget.
        provider = providerOf(config)
      }
      return isRenewable
    },
  }
}

/**
 * The current cluster and user alone. client-node refuses plain http unless TLS checks are off, and skips the CA
 * where a context has no user; our own dispatcher does the connecting, so both are set right here.
 */
function providerOf(config: KubeConfig): KubeConfig {
  const cluster = config.getCurrentCluster()
  if (!cluster) throw new TypeError('the kubeconfig has no current cluster')
  const isPlain = cluster.server.startsWith('http:')
  const provider = new KubeConfig()
  provider.loadFromClusterAndUser(
    {
      name: cluster.name,
      server: cluster.server,
      skipTLSVerify: isPlain || cluster.skipTLSVerify,
      ...(cluster.caData ? { caData: cluster.caData } : {}),
      ...(cluster.caFile ? { caFile: cluster.caFile } : {}),
      ...(cluster.tlsServerName ? { tlsServerName: cluster.tlsServerName } : {}),
    },
    config.getCurrentUser() ?? { name: 'anonymous' },
  )
  return provider
}

function credentialFrom(options: RequestOptions): Credential {
  const headers: Record<string, string> = {}
  const secrets: string[] = []
  for (const [name, value] of Object.entries(options.headers ?? {}))
    if (typeof value === 'string') headers[name.toLowerCase()] = value.trim()
  if (typeof options.auth === 'string') {
    const encoded = Buffer.from(options.auth).toString('base64')
    headers['authorization'] ??= `Basic ${encoded}`
    secrets.push(options.auth.slice(options.auth.indexOf(':') + 1))
  }
  const sent = headers['authorization']?.replace(/^\w+\s+/, '')
  if (sent) secrets.push(sent)
  const { ca, cert, key, servername, rejectUnauthorized } = options
  return {
    headers,
    secrets: secrets.filter((secret) => secret.length >= 4),
    tls: {
      ...(ca === undefined ? {} : { ca }),
      ...(cert === undefined ? {} : { cert }),
      ...(key === undefined ? {} : { key }),
      ...(servername === undefined ? {} : { servername }),
      ...(rejectUnauthorized === undefined ? {} : { rejectUnauthorized }),
    },
  }
}

function whyOf(error: unknown): string {
  const { code, path } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return `${path ?? 'a file'} does not exist`
  if (typeof code === 'string') return code
  return 'the credential plug-in failed'
}
