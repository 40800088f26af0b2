import { parseArgs } from 'node:util'
import { CONFIG_MAP } from '#lib/kinds/core.ts'
import { GLOBAL_CLUSTER } from '#lib/kinds/cluster.ts'
import { SIMULATED_DELIVERY_MARKER } from '#lib/kinds/delivery-marker.ts'
import { createKubeClient } from '#lib/kube/http-kube-client.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { NotFoundError } from '#lib/kube/kube-error.ts'
import { describeConfig, loadKubeconfig } from '#lib/kube/load-config.ts'
import { createClusters, EMBEDDED } from './first-objects.ts'
import { seed } from './seed/seed.ts'

const USAGE = `node platform/seed-platform.ts --kubeconfig FILE

Gives API servers that stand in for a platform what an embedded one begins with: Cluster objects, published packages,
installations. FILE leads to the global one, the others are below it at /kubernetes/<cluster>. Each has to carry the
marker of the simulated delivery; any other is refused before anything is written.`

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { kubeconfig: { type: 'string' }, help: { type: 'boolean', default: false } },
  })
  if (values.help) return void process.stdout.write(`${USAGE}\n`)
  if (values.kubeconfig === undefined) throw new Error('--kubeconfig FILE is missing')
  const config = loadKubeconfig(values.kubeconfig)
  const { server } = describeConfig(config)
  const clients = new Map(
    EMBEDDED.map(({ name }) => {
      const path = name === GLOBAL_CLUSTER ? '' : `/kubernetes/${name}`
      return [name, createKubeClient(config, { cluster: name, server: server + path })]
    }),
  )
  try {
    for (const [name, client] of clients) await refuseUnmarked(name, client)
    const client = (cluster: string): KubeClient => {
      const found = clients.get(cluster)
      if (found === undefined) throw new Error(`there is no cluster ${cluster}`)
      return found
    }
    await createClusters(client(GLOBAL_CLUSTER), new Date())
    await seed({ client, log: (line) => void process.stderr.write(`${line}\n`) })
  } finally {
    await Promise.all([...clients.values()].map((client) => client.close()))
  }
}

async function refuseUnmarked(cluster: string, client: KubeClient): Promise<void> {
  const { namespace, name } = SIMULATED_DELIVERY_MARKER
  try {
    await client.get(CONFIG_MAP, name, { namespace })
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error
    throw new Error(`${cluster} (${client.server}) does not carry the marker ${namespace}/${name}`, {
      cause: error,
    })
  }
}

try {
  await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
