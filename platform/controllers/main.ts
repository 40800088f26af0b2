import { parseArgs } from 'node:util'
import { createClusterRegistry } from '#lib/kube/cluster-registry.ts'
import { CLUSTER_OPTIONS, CLUSTER_USAGE, readClusterSettings } from '#lib/kube/cluster-settings.ts'
import { describeConfig, loadKubeconfig } from '#lib/kube/load-config.ts'
import { leaseTiming } from './leadership/lease-election.ts'
import { runControllers } from './run-controllers.ts'

const USAGE = `node platform/controllers/main.ts [OPTIONS]

  --kubeconfig FILE    the management cluster; the usual default files when left out
  --registry ADDRESS   the registry that charts come from, as AppReleases name it
  --lease-seconds N    how long others wait for a process that went silent, 15
${CLUSTER_USAGE}

Any number of processes may run: the one that holds the Lease plugin-marketplace-controllers in the namespace
plugin-marketplace-system works, the others stand by.`

/** What is being written when the process is told to end has so long; what is left is done by the next holder of the lease. */
const STOP_DEADLINE_MS = 5000

function log(line: string): void {
  process.stderr.write(`${new Date().toISOString()} ${line}\n`)
}

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}

/** @throws Error when it isn't one, or too small */
function wholeNumber(name: string, text: string, least: number): number {
  const value = Number(text)
  if (!/^\d{1,9}$/.test(text) || value < least)
    throw new Error(`--${name} takes a whole number from ${least}, not '${text}'`)
  return value
}

function start(): void {
  const { values } = parseArgs({
    options: {
      kubeconfig: { type: 'string' },
      registry: { type: 'string' },
      'lease-seconds': { type: 'string', default: '15' },
      ...CLUSTER_OPTIONS,
      help: { type: 'boolean' },
    },
  })
  if (values.help) {
    process.stdout.write(`${USAGE}\n`)
    return
  }
  const timing = leaseTiming(wholeNumber('lease-seconds', values['lease-seconds'], 3))
  const config = loadKubeconfig(values.kubeconfig)
  const registry = createClusterRegistry(config, readClusterSettings(process.env, values))
  const { cluster, server } = describeConfig(config)
  log(`controllers for ${cluster} (${server})`)
  const controllers = runControllers({ registry, repoURL: values.registry ?? '', timing, log })
  const stop = (): void => {
    setTimeout(() => process.exit(0), STOP_DEADLINE_MS).unref()
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
