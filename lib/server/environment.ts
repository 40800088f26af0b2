import { homedir } from 'node:os'
import { join } from 'node:path'
import type { ClusterSettings } from '#lib/kube/cluster-registry.ts'
import { ClusterSettingsError, readClusterSettings } from '#lib/kube/cluster-settings.ts'
import type { ClusterFlags } from '#lib/kube/cluster-settings.ts'
import {
  loadPackageSettings,
  PackageSettingsError,
  type PackageSettings,
} from '#lib/packages/package-settings.ts'
import { StartupError } from './startup-error.ts'

/** What the console process takes from its environment; nothing else in lib/server reads `process.env`. */
export interface Environment {
  /** 0: any free one. */
  port: number
  /** Address to listen on. */
  bind: string
  /** Further names (`host` or `host:port`) under which requests may come, beside the loopback ones. */
  hosts: string[]
  tls: { certFile: string; keyFile: string } | null
  /** Bytes. */
  maxPackageBytes: number
  /** The kubeconfig files that count when none is named, as they are listed in KUBECONFIG. */
  defaultKubeconfig: string
  /** Runs in a pod, and no kubeconfig is named. */
  inCluster: boolean
  /** Where uploads are kept; null: a folder of its own below the system's temporary one. */
  uploadsDir: string | null
  /** Serves the gallery of form controls: for those who work on this console. */
  gallery: boolean
}

type Variables = Readonly<Record<string, string | undefined>>

const DEFAULT_PORT = 3000
const DEFAULT_MAX_PACKAGE_BYTES = 2 * 1024 ** 3

/**
 * Reads PORT, BIND_ADDRESS, CONSOLE_HOSTS (comma-separated), TLS_CERT_FILE with TLS_KEY_FILE, MAX_PACKAGE_BYTES,
 * UPLOADS_DIR and CONSOLE_GALLERY (`1`).
 * @throws StartupError naming the variable that makes no sense
 */
export function readEnvironment(env: Variables = process.env): Environment {
  const certFile = textOf(env, 'TLS_CERT_FILE')
  const keyFile = textOf(env, 'TLS_KEY_FILE')
  if ((certFile === undefined) !== (keyFile === undefined))
    throw new StartupError('TLS_CERT_FILE and TLS_KEY_FILE are needed together')
  return {
    port: integerOf(env, 'PORT', DEFAULT_PORT, 65_535),
    bind: textOf(env, 'BIND_ADDRESS') ?? '127.0.0.1',
    hosts: (env['CONSOLE_HOSTS'] ?? '')
      .split(',')
      .map((host) => host.trim())
      .filter((host) => host !== ''),
    tls: certFile === undefined || keyFile === undefined ? null : { certFile, keyFile },
    maxPackageBytes: integerOf(env, 'MAX_PACKAGE_BYTES', DEFAULT_MAX_PACKAGE_BYTES, Number.MAX_SAFE_INTEGER),
    defaultKubeconfig: textOf(env, 'KUBECONFIG') ?? join(homedir(), '.kube', 'config'),
    inCluster:
      textOf(env, 'KUBECONFIG') === undefined && textOf(env, 'KUBERNETES_SERVICE_HOST') !== undefined,
    uploadsDir: textOf(env, 'UPLOADS_DIR') ?? null,
    gallery: env['CONSOLE_GALLERY'] === '1',
  }
}

/**
 * Which clusters there are and how they are reached: options, else CLUSTER_SOURCE, CLUSTER_KUBECONFIGS, GATEWAY_URL,
 * GATEWAY_CA_FILE and CLUSTER_NAME_PREFIX. The embedded platform knows its own, so these are read for others only.
 * @throws StartupError naming the option or variable that makes no sense
 */
export function clusterSettings(env: Variables = process.env, flags: ClusterFlags = {}): ClusterSettings {
  try {
    return readClusterSettings(env, flags)
  } catch (error) {
    if (error instanceof ClusterSettingsError) throw new StartupError(error.message)
    throw error
  }
}

/**
 * What was said about packages: limits, the registry, verification; see package-settings.ts for the variables.
 * @throws StartupError naming the variable that makes no sense
 */
export async function packageSettings(env: Variables = process.env): Promise<PackageSettings> {
  try {
    return await loadPackageSettings(env)
  } catch (error) {
    if (error instanceof PackageSettingsError) throw new StartupError(error.message)
    throw error
  }
}

function textOf(env: Variables, name: string): string | undefined {
  const value = env[name]?.trim()
  return value === '' ? undefined : value
}

function integerOf(env: Variables, name: string, fallback: number, maximum: number): number {
  const text = textOf(env, name)
  if (text === undefined) return fallback
  const value = Number(text)
  if (!/^\d+$/.test(text) || value > maximum)
    throw new StartupError(`${name} must be a whole number from 0 to ${maximum}, not '${text}'`)
  return value
}
