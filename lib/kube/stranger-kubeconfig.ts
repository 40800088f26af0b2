import { parseDocument } from 'yaml'
import { checkConfig, KubeconfigError, parseKubeconfig } from './load-config.ts'
import type { KubeConfig } from './load-config.ts'

/** What a stranger's kubeconfig asks for and doesn't get. */
export class RefusedKubeconfigError extends Error {
  override name = 'RefusedKubeconfigError'
}

/** Run a command here, or read a file here and send it to the stranger's server. */
const REFUSED = {
  cluster: ['certificate-authority'],
  user: ['exec', 'auth-provider', 'tokenFile', 'token-file', 'client-certificate', 'client-key'],
} as const

/** All that is taken over; whatever else a library may know of is not handed to it. */
const KEPT = {
  cluster: [
    'server',
    'certificate-authority-data',
    'insecure-skip-tls-verify',
    'tls-server-name',
    'proxy-url',
  ],
  user: ['token', 'client-certificate-data', 'client-key-data', 'username', 'password'],
} as const

type Fields = Record<string, unknown>

/**
 * The current context of a kubeconfig that somebody else wrote: credentials that it brings along, and nothing that
 * would run a command or open a file on this machine.
 * @param text YAML; none of it gets into a message
 * @throws KubeconfigError when it is no kubeconfig, RefusedKubeconfigError naming the field that isn't taken
 */
export function readStrangerKubeconfig(text: string): KubeConfig {
  const content = contentOf(text)
  const contextName = content['current-context']
  const context = named(content['contexts'], contextName, 'context')
  const cluster = pick('cluster', named(content['clusters'], context['cluster'], 'cluster'))
  const user =
    context['user'] === undefined ? {} : pick('user', named(content['users'], context['user'], 'user'))
  const plain = textOf({
    clusters: [{ name: 'cluster', cluster }],
    users: [{ name: 'user', user }],
    contexts: [{ name: 'context', context: { cluster: 'cluster', user: 'user' } }],
    'current-context': 'context',
  })
  try {
    const config = parseKubeconfig(plain, '/')
    checkConfig(config, '')
    return config
  } catch (error) {
    if (!(error instanceof KubeconfigError)) throw error
    throw new KubeconfigError(error.message.replace(/^kubeconfig [^:]*: /, ''))
  }
}

/** Aliases of YAML can make a value that contains itself. */
function textOf(content: Fields): string {
  try {
    return JSON.stringify(content)
  } catch {
    throw new KubeconfigError('is not a kubeconfig')
  }
}

function contentOf(text: string): Fields {
  const document = parseDocument(text, { logLevel: 'silent' })
  const [first] = document.errors
  if (first) throw new KubeconfigError(`not valid YAML (${first.code})`)
  let content: unknown
  try {
    content = document.toJS({ maxAliasCount: 20 })
  } catch {
    throw new KubeconfigError('not valid YAML (too many aliases)')
  }
  if (!isFields(content)) throw new KubeconfigError('is not a kubeconfig')
  return content
}

/** The part called `wanted` of `entries`, each `{name, <kind>: {…}}`. */
function named(entries: unknown, wanted: unknown, kind: 'context' | 'cluster' | 'user'): Fields {
  if (typeof wanted !== 'string' || wanted === '') throw new KubeconfigError(`names no ${kind}`)
  const all: readonly unknown[] = Array.isArray(entries) ? entries : []
  const entry = all.find((one) => isFields(one) && one['name'] === wanted)
  const part = isFields(entry) ? entry[kind] : undefined
  if (!isFields(part)) throw new KubeconfigError(`its ${kind} is missing`)
  return part
}

function pick(kind: keyof typeof KEPT, fields: Fields): Fields {
  for (const name of REFUSED[kind])
    if (fields[name] !== undefined && fields[name] !== null && fields[name] !== '')
      throw new RefusedKubeconfigError(name)
  return Object.fromEntries(
    KEPT[kind].filter((name) => Object.hasOwn(fields, name)).map((name) => [name, fields[name]]),
  )
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
