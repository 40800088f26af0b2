import { writeFile } from 'node:fs/promises'
import { stringify } from 'yaml'

export interface KubeconfigCluster {
  readonly name: string
  readonly server: string
  /** PEM. */
  readonly ca: Buffer
}

/** Writes a kubeconfig with a context per cluster, named like it, and one user; the first context is current. */
export async function writeKubeconfig(
  file: string,
  clusters: readonly KubeconfigCluster[],
  token: string,
): Promise<void> {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': clusters[0]?.name ?? '',
    contexts: clusters.map(({ name }) => ({ name, context: { cluster: name, user: 'kube-admin' } })),
    clusters: clusters.map(({ name, server, ca }) => ({
      name,
      cluster: { server, 'certificate-authority-data': ca.toString('base64') },
    })),
    users: [{ name: 'kube-admin', user: { token } }],
  }
  await writeFile(file, stringify(config), { mode: 0o600 })
}
