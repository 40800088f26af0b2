import { isIPv6 } from 'node:net'
import { isAbsolute, join } from 'node:path'
import type { Cluster, Context, User } from '@kubernetes/client-node'

export type { Cluster, Context, User }

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount'

type Fields = Record<string, unknown>

/**
 * The contents of a kubeconfig in client-node's terms, and which of them are current. A class of our own, since
 * client-node takes half a second to load: only who needs one of its plug-ins pays that, see credentials.ts.
 */
export class KubeConfig {
  clusters: Cluster[] = []
  users: User[] = []
  contexts: Context[] = []
  currentContext = ''

  getCurrentContext(): string {
    return this.currentContext
  }

  getContexts(): Context[] {
    return this.contexts
  }

  getClusters(): Cluster[] {
    return this.clusters
  }

  getUsers(): User[] {
    return this.users
  }

  getCurrentCluster(): Cluster | null {
    return this.clusters.find(({ name }) => name === this.context()?.cluster) ?? null
  }

  getCurrentUser(): User | null {
    return this.users.find(({ name }) => name === this.context()?.user) ?? null
  }

  loadFromOptions(options: Pick<KubeConfig, 'clusters' | 'users' | 'contexts' | 'currentContext'>): void {
    Object.assign(this, options)
  }

  loadFromClusterAndUser(cluster: Cluster, user: User): void {
    const name = 'loaded-context'
    const contexts = [{ name, cluster: cluster.name, user: user.name }]
    this.loadFromOptions({ clusters: [cluster], users: [user], contexts, currentContext: name })
  }

  /** What a pod is given for its service account: https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/ */
  loadFromCluster(host: string, port: string): void {
    const server = `https://${isIPv6(host) ? `[${host}]` : host}:${port}`
    const tokenFile = `${SERVICE_ACCOUNT}/token`
    this.loadFromOptions({
      clusters: [{ name: 'inCluster', server, caFile: `${SERVICE_ACCOUNT}/ca.crt`, skipTLSVerify: false }],
      users: [{ name: 'inClusterUser', authProvider: { name: 'tokenFile', config: { tokenFile } } }],
      contexts: [{ name: 'inClusterContext', cluster: 'inCluster', user: 'inClusterUser' }],
      currentContext: 'inClusterContext',
    })
  }

  /**
   * Takes over a parsed kubeconfig; whatever is no list counts as an empty one.
   * @throws Error `clusters[0].cluster is missing` and the like
   */
  loadFromContent(content: Fields): void {
    this.loadFromOptions({
      clusters: entriesOf(content, 'clusters', 'cluster').map(({ name, part, at }) => ({
        name,
        server: needed(part['server'], `${at}.cluster.server`).replace(/\/$/, ''),
        skipTLSVerify: part['insecure-skip-tls-verify'] === true,
        ...texts(part, {
          caData: 'certificate-authority-data',
          caFile: 'certificate-authority',
          tlsServerName: 'tls-server-name',
          proxyUrl: 'proxy-url',
        }),
      })),
      users: entriesOf(content, 'users', 'user').map(({ name, part }) => ({
        name,
        ...(isFields(part['exec']) ? { exec: part['exec'] } : {}),
        ...(isFields(part['auth-provider']) ? { authProvider: part['auth-provider'] } : {}),
        ...texts(part, {
          certData: 'client-certificate-data',
          certFile: 'client-certificate',
          keyData: 'client-key-data',
          keyFile: 'client-key',
          token: 'token',
          username: 'username',
          password: 'password',
          impersonateUser: 'as',
        }),
      })),
      contexts: entriesOf(content, 'contexts', 'context').map(({ name, part, at }) => ({
        name,
        cluster: needed(part['cluster'], `${at}.context.cluster`),
        user: '',
        ...texts(part, { user: 'user', namespace: 'namespace' }),
      })),
      currentContext: textOf(content['current-context']),
    })
  }

  /** Files that are named relative to the kubeconfig, which is in this directory. */
  makePathsAbsolute(directory: string): void {
    const absolute = (path: string) => (isAbsolute(path) ? path : join(directory, path))
    for (const cluster of this.clusters) if (cluster.caFile) cluster.caFile = absolute(cluster.caFile)
    for (const user of this.users) {
      if (user.certFile) user.certFile = absolute(user.certFile)
      if (user.keyFile) user.keyFile = absolute(user.keyFile)
    }
  }

  private context(): Context | undefined {
    return this.contexts.find(({ name }) => name === this.currentContext)
  }
}

/** The named parts of one list; a user may have none. */
function entriesOf(
  content: Fields,
  list: string,
  kind: string,
): { name: string; part: Fields; at: string }[] {
  const entries: unknown = content[list]
  if (!Array.isArray(entries)) return []
  return entries.map((entry: unknown, index) => {
    const at = `${list}[${index}]`
    const { name, [kind]: part } = isFields(entry) ? entry : {}
    if (!isFields(part) && kind !== 'user') {
      needed(name, `${at}.name`)
      throw new Error(`${at}.${kind} is missing`)
    }
    return { name: needed(name, `${at}.name`), part: isFields(part) ? part : {}, at }
  })
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function needed(value: unknown, path: string): string {
  const text = textOf(value)
  if (text === '') throw new Error(`${path} is missing`)
  return text
}

/** The fields that are texts, under our names. */
function texts<Name extends string>(part: Fields, names: Record<Name, string>): { [key in Name]?: string } {
  const found: { [key in Name]?: string } = {}
  for (const ours of Object.keys(names) as Name[]) {
    const value = textOf(part[names[ours]])
    if (value !== '') found[ours] = value
  }
  return found
}
