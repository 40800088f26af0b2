import { createHash } from 'node:crypto'

const FINAL_NAME = /-[0-9a-f]{32}$/

/**
 * The name of an installation: `<cluster>-<32 hex digits>`, the digits from cluster and plugin alone, so that
 * creating the object is the lock for "once per cluster".
 */
export function installationName(cluster: string, plugin: string): string {
  return `${cluster}-${createHash('sha256').update(`${cluster}/${plugin}`).digest('hex').slice(0, 32)}`
}

/** Whether a name has the form of an installation's name on that cluster, whoever chose the digits. */
export function looksLikeInstallationName(name: string, cluster: string): boolean {
  return name.startsWith(`${cluster}-`) && FINAL_NAME.test(name) && name.length === cluster.length + 33
}
