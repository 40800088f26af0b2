import { readFileSync } from 'node:fs'
import type { RequestOptions } from 'node:https'
import type { ConnectionOptions } from 'node:tls'
import type { Cluster, KubeConfig, User } from './kube-config.ts'
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

  async function ask(provider: Provider): Promise<Credential> {
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

  async function prepare(provider: Provider, options: RequestOptions): Promise<void> {
    if (isOidc) await renewOidcToken(user.authProvider.config as OidcConfig)
    await provider(options)
  }

  return {
    current,
    refresh(refused) {
      // Of many calls that were refused together, the first one renews for all.
      if (isRenewable && known?.value === refused) {
        known = undefined
        // Plug-ins cache inside client-node; only a new provider forgets.
        provider = providerOf(config)
      }
      return isRenewable
    },
  }
}

/** Puts on a request's options what proves who we are, and what proves who the server is. */
type Provider = (options: RequestOptions) => Promise<void>

/** For the current cluster and user. What a plug-in said stays with the provider until it is over. */
function providerOf(config: KubeConfig): Provider {
  const cluster = config.getCurrentCluster()
  if (!cluster) throw new TypeError('the kubeconfig has no current cluster')
  const user = config.getCurrentUser() ?? { name: 'anonymous' }
  const tokenFile = tokenFileOf(user)
  if (user.exec === undefined && (user.authProvider === undefined || tokenFile !== undefined))
    return async (options) => applyOwn(options, cluster, user, tokenFile)
  let plugins: Promise<Provider> | undefined
  return async (options) => {
    plugins ??= loadPlugins(cluster, user)
    await (
      await plugins
    )(options)
  }
}

/** The file that holds the token: `tokenFile`, as load-config.ts writes it. */
function tokenFileOf({ authProvider }: User): string | undefined {
  const { config } = (authProvider ?? {}) as { config?: { tokenFile?: unknown } }
  return typeof config?.tokenFile === 'string' ? config.tokenFile : undefined
}

/** What stands in the kubeconfig or in files. */
function applyOwn(options: RequestOptions, cluster: Cluster, user: User, tokenFile?: string): void {
  if (cluster.skipTLSVerify) options.rejectUnauthorized = false
  if (cluster.tlsServerName) options.servername = cluster.tlsServerName
  const ca = bytesOf(cluster.caFile, cluster.caData)
  const cert = bytesOf(user.certFile, user.certData)
  const key = bytesOf(user.keyFile, user.keyData)
  const token = user.token ?? (tokenFile === undefined ? undefined : readFileSync(tokenFile, 'utf8'))
  Object.assign(options, { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) })
  if (user.username) options.auth = `${user.username}:${user.password ?? ''}`
  options.headers = {
    ...(user.impersonateUser && { 'Impersonate-User': user.impersonateUser }),
    ...(token && { Authorization: `Bearer ${token}` }),
  }
}

function bytesOf(file: string | undefined, data: string | undefined): Buffer | undefined {
  if (file) return readFileSync(file)
  return data ? Buffer.from(data, 'base64') : undefined
}

/**
 * Commands and what clouds have of their own is client-node's, which takes half a second to load. It refuses plain http
 * unless TLS checks are off; our own dispatcher does the connecting.
 */
async function loadPlugins(cluster: Cluster, user: User): Promise<Provider> {
  const { KubeConfig: ClientConfig } = await import('@kubernetes/client-node')
  const client = new ClientConfig()
  const { proxyUrl: _, ...rest } = cluster
  const skipTLSVerify = cluster.server.startsWith('http:') || cluster.skipTLSVerify
  client.loadFromClusterAndUser({ ...rest, skipTLSVerify }, withExecInfo(user, cluster))
  return (options) => client.applyToHTTPSOptions(options)
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
