import { parseArgs } from 'node:util'
import { createClusterRegistry } from '#lib/kube/cluster-registry.ts'
import { describeConfig, loadKubeconfig } from '#lib/kube/load-config.ts'
import { startControllers } from './start-controllers.ts'

const USAGE = `node platform/controllers/main.ts [--kubeconfig FILE] [--registry ADDRESS] [--gateway URL]

  --kubeconfig FILE   the management cluster; the usual default files when left out
  --registry ADDRESS  the registry that charts come from, as AppReleases name it
  --gateway URL       address below which /kubernetes/<cluster> stands; the kubeconfig's server when left out`

function log(line: string): void {
  process.stderr.write(`${new Date().toISOString()} ${line}\n`)
}

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}

function start(): void {
  const { values } = parseArgs({
    options: {
      kubeconfig: { type: 'string' },
      registry: { type: 'string' },
      gateway: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  if (values.help) {
    process.stdout.write(`${USAGE}\n`)
    return
  }
  const config = loadKubeconfig(values.kubeconfig)
  const registry = createClusterRegistry(
    config,
    values.gateway === undefined ? {} : { gateway: values.gateway },
  )
  const controllers = startControllers({ registry, repoURL: values.registry ?? '', log })
  const { cluster, server } = describeConfig(config)
  controllers.ready().then(
    () => log(`controllers at work on ${cluster} (${server})`),
    () => undefined,
  )
  const stop = (): void => {
    setTimeout(() => process.exit(0), 1500).unref()
    void controllers
      .stop()
      .then(() => registry.stop())
      .finally(() => process.exit(0))
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

try {
  start()
} catch (error) {
  fail(error)
}
