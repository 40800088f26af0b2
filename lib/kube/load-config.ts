import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path'
import { parseDocument } from 'yaml'
import { KubeConfig } from './kube-config.ts'

export type { KubeConfig }

/** A kubeconfig that can't be used; the message is one line, names the file and holds nothing secret. */
export class KubeconfigError extends Error {
  override name = 'KubeconfigError'
}

/** What may be shown of a kubeconfig: names and the server's address, no credentials. */
export interface ConfigDescription {
  context: string
  cluster: string
  /** The server's URL without user, password, query. */
  server: string
  user: string
}

/**
 * Reads a kubeconfig and checks that its current context leads to a cluster.
 * @param file path; left out, the usual rules hold: the files of `KUBECONFIG`, merged as kubectl does, else `~/.kube/config`
 * @throws KubeconfigError
 */
export function loadKubeconfig(file?: string): KubeConfig {
  const listed = file === undefined ? (process.env['KUBECONFIG'] ?? '').split(delimiter) : [file]
  const files = listed.filter((path) => path !== '')
  if (files.length === 0) files.push(join(homedir(), '.kube', 'config'))
  const texts = files.map((path) => ({ path, text: readConfigFile(path, files.length > 1) }))
  const found = texts.filter((entry) => entry.text !== undefined)
  if (found.length === 0) throw new KubeconfigError(`kubeconfig ${files.join(', ')}: no such file`)
  const configs = found.map(({ path, text }) => parseKubeconfig(text ?? '', path))
  const config = configs.length === 1 && configs[0] ? configs[0] : mergeConfigs(configs)
  checkConfig(config, files.join(', '))
  return config
}

/**
 * The configuration of a pod's service account.
 * @throws KubeconfigError outside of a cluster
 */
export function loadInClusterConfig(): KubeConfig {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = process.env
  if (!host || !port)
    throw new KubeconfigError('not running in a cluster: KUBERNETES_SERVICE_HOST is not set')
  const config = new KubeConfig()
  config.loadFromCluster(host, port)
  const { caFile } = config.getCurrentCluster() ?? {}
  if (!caFile || !existsSync(caFile))
    throw new KubeconfigError(`not running in a cluster: ${caFile ?? 'the CA'} does not exist`)
  return config
}

/** Whether a configuration is a pod's own, which knows nothing but the API server. */
export function isInClusterConfig(config: KubeConfig): boolean {
  return config.getCurrentContext() === 'inClusterContext'
}

/**
 * The same identity for another address.
 * @param caFile CAs that its certificate may come from; those of the configuration when left out
 */
export function configFor(config: KubeConfig, server: string, caFile?: string): KubeConfig {
  const current = config.getCurrentCluster()
  const user = config.getCurrentUser() ?? { name: 'anonymous' }
  const { tlsServerName, caData, caFile: ownCaFile, ...rest } = current ?? { name: 'server' }
  const isSameHost = current !== null && new URL(current.server).host === new URL(server).host
  const trust = caFile === undefined ? { caData, caFile: ownCaFile } : { caFile }
  const other = new KubeConfig()
  other.loadFromClusterAndUser(
    { skipTLSVerify: false, ...rest, server, ...trust, ...(isSameHost ? { tlsServerName } : {}) },
    user,
  )
  return other
}

/** Names and address of the current context, for the log and the page. */
export function describeConfig(config: KubeConfig): ConfigDescription {
  return {
    context: config.getCurrentContext() ?? '',
    cluster: config.getCurrentCluster()?.name ?? '',
    server: publicAddress(config.getCurrentCluster()?.server ?? ''),
    user: config.getCurrentUser()?.name ?? '',
  }
}

/** A URL without user, password, query and trailing slash; the text itself when it isn't one. */
export function publicAddress(server: string): string {
  if (!URL.canParse(server)) return ''
  const url = new URL(server)
  return url.origin + url.pathname.replace(/\/+$/, '')
}

function readConfigFile(path: string, mayBeMissing: boolean): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' && mayBeMissing) return undefined
    const why =
      code === 'ENOENT' ? 'no such file' : code === 'EISDIR' ? 'is a directory' : `can't be read (${code})`
    throw new KubeconfigError(`kubeconfig ${path}: ${why}`, { cause: error })
  }
}

/**
 * Reads the text of a kubeconfig. Parser messages quote the file, tokens included: only position and code are passed on.
 * @param path for messages, and where relative paths in it start
 * @throws KubeconfigError
 */
export function parseKubeconfig(text: string, path: string): KubeConfig {
  const document = parseDocument(text, { prettyErrors: true, logLevel: 'silent' })
  const [first] = document.errors
  if (first) {
    const line = first.linePos?.[0].line
    throw new KubeconfigError(
      `kubeconfig ${path}: not valid YAML${line === undefined ? '' : `, line ${line}`} (${first.code})`,
    )
  }
  const config = new KubeConfig()
  try {
    const content: unknown = document.toJS()
    if (typeof content !== 'object' || content === null || Array.isArray(content))
      throw new KubeconfigError(`kubeconfig ${path}: is not a kubeconfig`)
    const directory = dirname(resolve(path))
    adoptUsers(content, directory)
    config.loadFromContent({ ...content })
    config.makePathsAbsolute(directory)
  } catch (error) {
    if (error instanceof KubeconfigError) throw error
    const missing = /^(clusters|users|contexts)\[\d+\][\w.]* is missing$/.exec((error as Error).message)
    throw new KubeconfigError(`kubeconfig ${path}: ${missing ? missing[0] : 'is not a kubeconfig'}`)
  }
  return config
}

interface RawConfig {
  users?: { user?: Record<string, unknown> & { exec?: { command?: unknown } } }[]
}

/** What is not in client-node's terms: `tokenFile`, and a plug-in's path relative to the kubeconfig. */
function adoptUsers(content: RawConfig, directory: string): void {
  if (!Array.isArray(content.users)) return
  for (const user of content.users.map((entry) => entry?.user)) {
    if (typeof user !== 'object' || user === null) continue
    const tokenFile = user['tokenFile']
    if (typeof tokenFile === 'string' && tokenFile !== '') {
      delete user['token']
      user['auth-provider'] = { name: 'tokenFile', config: { tokenFile: absolute(tokenFile, directory) } }
    }
    const exec = user.exec
    if (typeof exec?.command === 'string' && /[\\/]/.test(exec.command))
      exec.command = absolute(exec.command, directory)
  }
}

function absolute(path: string, directory: string): string {
  return isAbsolute(path) ? path : join(directory, path)
}

/** As kubectl merges: the first file that names a cluster, user, context or current context wins. */
function mergeConfigs(configs: readonly KubeConfig[]): KubeConfig {
  const firstOfEachName = <T extends { name: string }>(entries: T[]) => [
    ...new Map(entries.toReversed().map((entry) => [entry.name, entry])).values(),
  ]
  const merged = new KubeConfig()
  merged.loadFromOptions({
    clusters: firstOfEachName(configs.flatMap((config) => config.clusters)),
    users: firstOfEachName(configs.flatMap((config) => config.users)),
    contexts: firstOfEachName(configs.flatMap((config) => config.contexts)),
    currentContext: configs.map((config) => config.currentContext).find(Boolean) ?? '',
  })
  return merged
}

/**
 * Checks that the current context leads to a cluster with an http(s) address.
 * @throws KubeconfigError
 */
export function checkConfig(config: KubeConfig, files: string): void {
  const fail = (why: string): never => {
    throw new KubeconfigError(`kubeconfig ${files}: ${why}`)
  }
  const name = config.getCurrentContext()
  if (!name) fail('has no current context')
  const context = config.getContexts().find((entry) => entry.name === name)
  if (!context) return fail(`has no context "${name}"`)
  const cluster = config.getClusters().find((entry) => entry.name === context.cluster)
  if (!cluster) return fail(`has no cluster "${context.cluster}", which context "${name}" names`)
  if (context.user && !config.getUsers().some((entry) => entry.name === context.user))
    fail(`has no user "${context.user}", which context "${name}" names`)
  if (!URL.canParse(cluster.server) || !/^https?:$/.test(new URL(cluster.server).protocol))
    fail(`the server of cluster "${cluster.name}" is not an http(s) address`)
  if (cluster.proxyUrl && !/^https?:\/\//.test(cluster.proxyUrl))
    fail(`the proxy-url of cluster "${cluster.name}" is not an http(s) address`)
}
