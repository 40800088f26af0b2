import type { RequestOptions } from 'node:https'
import type { ConnectionOptions } from 'node:tls'
import { KubeConfig } from '@kubernetes/client-node'
import type { Cluster, User } from '@kubernetes/client-node'
import { UnauthorizedError } from './kube-error.ts'
import { OidcError, renewOidcToken } from './oidc-token.ts'
import type { OidcConfig } from './oidc-token.ts'
import { isRecord } from './parse-object.ts'

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
/** A plug-in that says nothing for so long is given up; it may wait for somebody at a terminal. */
const PLUGIN_MS = 60_000

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
  const isOidc = user.authProvider?.name === 'oidc' && isRecord(user.authProvider.config)
  let provider = providerOf(config)
  let known: { at: number; credential: Promise<Credential>; value?: Credential } | undefined
  /** What was last asked and has not come to an end: a plug-in that hangs is not started again beside itself. */
  let pending: Promise<void> | undefined

  function current(): Promise<Credential> {
    // While a plug-in runs, nobody starts it again.
    const isUsable = known !== undefined && (known.value === undefined || now() - known.at < FRESH_MS)
    if (known !== undefined && isUsable) return known.credential
    // Only a new one reads a token file, or a token that was renewed, again; a plug-in's answer stays in the old one.
    if (!user.exec) provider = providerOf(config)
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
      if (pending !== undefined) throw new PluginTimeout()
      const asked = prepare(provider, options)
      pending = asked
      const forget = () => (pending = undefined)
      asked.then(forget, forget)
      await withinTime(asked)
    } catch (error) {
      throw new UnauthorizedError(`the credentials of user "${user.name}" can't be had: ${whyOf(error)}`, {
        code: 401,
        reason: 'CredentialsUnavailable',
      })
    }
    return credentialFrom(options)
  }

  async function prepare(provider: KubeConfig, options: RequestOptions): Promise<void> {
    if (isOidc) await renewOidcToken(user.authProvider.config as OidcConfig)
    await provider.applyToHTTPSOptions(options)
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
    withExecInfo(config.getCurrentUser() ?? { name: 'anonymous' }, cluster),
  )
  return provider
}

/** What a plug-in may read about its caller (client.authentication.k8s.io, KUBERNETES_EXEC_INFO). */
function withExecInfo(user: User, cluster: Cluster): User {
  const exec = user.exec as ExecConfig | undefined
  if (!exec) return user
  const { server, caData, tlsServerName, skipTLSVerify } = cluster
  const info = {
    apiVersion: exec.apiVersion,
    kind: 'ExecCredential',
    spec: {
      interactive: false,
      ...(exec.provideClusterInfo
        ? {
            cluster: {
              server,
              'tls-server-name': tlsServerName,
              'insecure-skip-tls-verify': skipTLSVerify || undefined,
              'certificate-authority-data': caData,
            },
          }
        : {}),
    },
  }
  const env = [...(exec.env ?? []), { name: 'KUBERNETES_EXEC_INFO', value: JSON.stringify(info) }]
  return { ...user, exec: { ...exec, env } }
}

interface ExecConfig {
  apiVersion?: string
  env?: { name: string; value: string }[]
  provideClusterInfo?: boolean
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

async function withinTime(asked: Promise<void>): Promise<void> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new PluginTimeout()), PLUGIN_MS)
  try {
    await Promise.race([asked, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

class PluginTimeout extends Error {}

function whyOf(error: unknown): string {
  const { code, path } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return `${path ?? 'a file'} does not exist`
  if (typeof code === 'string') return code
  if (error instanceof OidcError) return error.message
  if (error instanceof PluginTimeout) return `the credential plug-in did not answer in ${PLUGIN_MS / 1000} s`
  return 'the credential plug-in failed'
}
