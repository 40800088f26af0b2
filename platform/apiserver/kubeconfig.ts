import { stringify } from 'yaml'

/**
 * A kubeconfig with one context per cluster, the first one current.
 * @param url address of the server, without a trailing slash; the first cluster is at its root
 */
export function kubeconfigText(
  url: string,
  clusters: readonly string[],
  token: string,
  caPem: string,
): string {
  const [first = ''] = clusters
  const user = 'embedded-admin'
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': first,
    clusters: clusters.map((name) => ({
      name,
      cluster: {
        server: name === first ? url : `${url}/kubernetes/${name}`,
        'certificate-authority-data': Buffer.from(caPem).toString('base64'),
      },
    })),
    contexts: clusters.map((name) => ({ name, context: { cluster: name, user } })),
    users: [{ name: user, user: { token } }],
  })
}
