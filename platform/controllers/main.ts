import { parseArgs } from 'node:util'
import { createClusterRegistry } from '#lib/kube/cluster-registry.ts'
import { CLUSTER_OPTIONS, CLUSTER_USAGE, readClusterSettings } from '#lib/kube/cluster-settings.ts'
import { describeConfig, loadInClusterConfig, loadKubeconfig } from '#lib/kube/load-config.ts'
import { deliverWhereMarked } from '#platform/delivery/deliver-where-marked.ts'
import { leaseTiming } from './leadership/lease-election.ts'
import { guardControllers } from './other-masters/guard-controllers.ts'

const USAGE = `node platform/controllers/main.ts [OPTIONS]

  --kubeconfig FILE    the management cluster; when left out, the usual default files, or in a pod without any its
                       service account
  --registry ADDRESS   the registry that charts come from, as AppReleases name it
  --lease-seconds N    how long others wait for a process that went silent, 15
  --history N          how many accepted specs of each installation are kept, 10; 0 keeps none
  --simulate-delivery  play the agents that install charts, on each cluster that is marked as made for that:
                         kubectl create namespace cpaas-system
                         kubectl create configmap simulated-delivery --namespace cpaas-system
                       on others nothing is delivered, and installations say so
  --platform-controllers-are-gone
                       work although traces of the platform's own controllers are found: they are leftovers, and
                       you know that nothing of it runs
${CLUSTER_USAGE}

Any number of processes may run: the one that holds the Lease plugin-marketplace-controllers in the namespace
plugin-marketplace-system works, the others stand by. Where the platform's own controllers run, none does: the traces are
printed, and the exit code is 1.`

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
      history: { type: 'string', default: '10' },
      'simulate-delivery': { type: 'boolean', default: false },
      'platform-controllers-are-gone': { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  })
  if (values.help) {
    process.stdout.write(`${USAGE}\n`)
    return
  }
  // Whoever read this may be gone; the work goes on.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  const timing = leaseTiming(wholeNumber('lease-seconds', values['lease-seconds'], 3))
  const historyLimit = wholeNumber('history', values.history, 0)
  const isPod =
    values.kubeconfig === undefined && !process.env['KUBECONFIG'] && process.env['KUBERNETES_SERVICE_HOST']
  const config = isPod ? loadInClusterConfig() : loadKubeconfig(values.kubeconfig)
  const registry = createClusterRegistry(config, readClusterSettings(process.env, values))
  const { cluster, server } = describeConfig(config)
  log(`controllers for ${cluster} (${server})`)
  const controllers = guardControllers({
    registry,
    repoURL: values.registry ?? '',
    timing,
    historyLimit,
    ...(values['simulate-delivery']
      ? { alongside: (fence) => deliverWhereMarked({ registry, fence, log }) }
      : {}),
    isOverridden: values['platform-controllers-are-gone'],
    log,
  })
  const stop = (): void => {
    setTimeout(() => process.exit(0), STOP_DEADLINE_MS).unref()
    void controllers
      .stop()
      .then(() => registry.stop())
      .finally(() => process.exit(0))
  }
  void controllers.refused.then(() => {
    setTimeout(() => process.exit(1), STOP_DEADLINE_MS).unref()
    return registry.stop().finally(() => process.exit(1))
  })
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

try {
  start()
} catch (error) {
  fail(error)
}
