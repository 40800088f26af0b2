import { createHash } from 'node:crypto'

/**
 * The name of an installation: `<cluster>-<32 hex digits>`, the digits from cluster and plugin alone, so that
 * creating the object is the lock for "once per cluster".
 */
export function installationName(cluster: string, plugin: string): string {
  return `${cluster}-${createHash('sha256').update(`${cluster}/${plugin}`).digest('hex').slice(0, 32)}`
}
