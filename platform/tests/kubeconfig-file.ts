import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'

/** What a test takes out of a kubeconfig's current context. */
export interface ServerAccess {
  readonly server: URL
  readonly ca: Buffer
  readonly token: string
}

interface Kubeconfig {
  'current-context': string
  contexts: { name: string; context: { cluster: string; user: string } }[]
  clusters: { name: string; cluster: { server: string; 'certificate-authority-data': string } }[]
  users: { name: string; user: { token: string } }[]
}

/** Reads a kubeconfig that has a token, as those of the embedded and of the tests' real API servers do. */
export async function readServerAccess(path: string): Promise<ServerAccess> {
  const config = parse(await readFile(path, 'utf8')) as Kubeconfig
  const named = <T extends { name: string }>(items: T[], name: string | undefined): T | undefined =>
    items.find((item) => item.name === name)
  const context = named(config.contexts, config['current-context'])?.context
  const cluster = named(config.clusters, context?.cluster)?.cluster
  const user = named(config.users, context?.user)?.user
  if (cluster === undefined || user === undefined) throw new Error(`${path} has no current cluster and user`)
  return {
    server: new URL(cluster.server),
    ca: Buffer.from(cluster['certificate-authority-data'], 'base64'),
    token: user.token,
  }
}
