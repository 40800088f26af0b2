import { existsSync, readFileSync, statSync } from 'node:fs'
import { delimiter, resolve } from 'node:path'
import type { CapiNaming } from './capi-source.ts'
import type { ClusterSettings } from './cluster-registry.ts'
import type { RegistryKind } from './find-source.ts'

/** What an operator said about clusters makes no sense; one line, naming the option or variable. */
export class ClusterSettingsError extends Error {
  override name = 'ClusterSettingsError'
}

/** For `parseArgs`: the console and the controllers take the same options. */
export const CLUSTER_OPTIONS = {
  clusters: { type: 'string', multiple: true },
  gateway: { type: 'string' },
  'gateway-ca': { type: 'string' },
  'cluster-source': { type: 'string' },
  'cluster-name-prefix': { type: 'string' },
} as const

export const CLUSTER_USAGE = `  --clusters PATH      a kubeconfig, or a folder of them: each one's current context is a cluster
                       (may be repeated; $CLUSTER_KUBECONFIGS)
  --gateway URL        address below which /kubernetes/<cluster> stands; the kubeconfig's server when
                       left out ($GATEWAY_URL)
  --gateway-ca FILE    CA of the gateway's certificate; the kubeconfig's when left out ($GATEWAY_CA_FILE)
  --cluster-source KIND  platform, cluster-api, kubeconfigs or plain; found out when left out
                       ($CLUSTER_SOURCE)
  --cluster-name-prefix namespace  call clusters of Cluster API <namespace>-<name>
                       ($CLUSTER_NAME_PREFIX)`

export type ClusterFlags = { [K in keyof typeof CLUSTER_OPTIONS]?: string | string[] | undefined }

type Variables = Readonly<Record<string, string | undefined>>

const KINDS: readonly RegistryKind[] = ['platform', 'cluster-api', 'kubeconfigs', 'plain']

const VARIABLES: Readonly<Record<keyof typeof CLUSTER_OPTIONS, string>> = {
  clusters: 'CLUSTER_KUBECONFIGS',
  gateway: 'GATEWAY_URL',
  'gateway-ca': 'GATEWAY_CA_FILE',
  'cluster-source': 'CLUSTER_SOURCE',
  'cluster-name-prefix': 'CLUSTER_NAME_PREFIX',
}

/** A setting and where it came from, for messages. */
interface Given {
  readonly values: readonly string[]
  readonly from: string
}

/**
 * Which clusters there are and how they are reached, as options say, else the environment.
 * @throws ClusterSettingsError
 */
export function readClusterSettings(env: Variables, flags: ClusterFlags = {}): ClusterSettings {
  const given = (name: keyof typeof CLUSTER_OPTIONS) => givenBy(env, flags, name)
  const source = sourceOf(given('cluster-source'))
  const kubeconfigs = pathsOf(given('clusters'))
  if (kubeconfigs.length > 0 && source !== undefined && source !== 'kubeconfigs')
    throw new ClusterSettingsError(
      `kubeconfigs of clusters are given, but the source of clusters is to be ${source}`,
    )
  if (kubeconfigs.length === 0 && source === 'kubeconfigs')
    throw new ClusterSettingsError('the source kubeconfigs needs --clusters or CLUSTER_KUBECONFIGS')
  const gateway = gatewayOf(given('gateway'))
  const gatewayCaFile = caFileOf(given('gateway-ca'))
  const naming = namingOf(given('cluster-name-prefix'))
  return {
    ...(source === undefined ? {} : { source }),
    ...(kubeconfigs.length === 0 ? {} : { kubeconfigs }),
    ...(gateway === undefined ? {} : { gateway }),
    ...(gatewayCaFile === undefined ? {} : { gatewayCaFile }),
    ...(naming === undefined ? {} : { naming }),
  }
}

function givenBy(env: Variables, flags: ClusterFlags, name: keyof typeof CLUSTER_OPTIONS): Given | undefined {
  const flag = flags[name]
  if (flag !== undefined) return { values: [flag].flat(), from: `--${name}` }
  const variable = VARIABLES[name]
  const value = env[variable]?.trim()
  return value === undefined || value === '' ? undefined : { values: [value], from: variable }
}

function sourceOf(given: Given | undefined): RegistryKind | undefined {
  const value = given?.values.at(-1)
  if (given === undefined || value === 'auto') return undefined
  const kind = KINDS.find((one) => one === value)
  if (kind === undefined)
    throw new ClusterSettingsError(`${given.from} must be ${KINDS.join(', ')} or auto, not '${value}'`)
  return kind
}

function pathsOf(given: Given | undefined): string[] {
  const paths = (given?.values ?? []).flatMap((value) => value.split(delimiter)).filter((path) => path !== '')
  for (const path of paths)
    if (!existsSync(path)) throw new ClusterSettingsError(`${given?.from}: ${path}: no such file or folder`)
  return [...new Set(paths.map((path) => resolve(path)))]
}

function gatewayOf(given: Given | undefined): string | undefined {
  const value = given?.values.at(-1)
  if (given === undefined || value === undefined) return undefined
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol))
    throw new ClusterSettingsError(`${given.from} must be an http(s) address`)
  return value
}

function caFileOf(given: Given | undefined): string | undefined {
  const value = given?.values.at(-1)
  if (given === undefined || value === undefined) return undefined
  const fail = (why: string) => new ClusterSettingsError(`${given.from}: ${value}: ${why}`)
  if (statSync(value, { throwIfNoEntry: false })?.isFile() !== true) throw fail('no such file')
  try {
    if (readFileSync(value, 'utf8').includes('-----BEGIN CERTIFICATE-----')) return resolve(value)
  } catch {
    throw fail("can't be read")
  }
  throw fail('has no certificate in it')
}

function namingOf(given: Given | undefined): CapiNaming | undefined {
  const value = given?.values.at(-1)
  if (given === undefined || value === undefined || value === 'none') return undefined
  if (/^<?namespace>?-?$/.test(value)) return 'namespace-name'
  throw new ClusterSettingsError(`${given.from} must be namespace or none, not '${value}'`)
}
