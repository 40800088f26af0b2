import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { findKubeAssets, MINOR_VERSIONS } from './assets.ts'
import { startKube } from './start-kube.ts'

const USAGE = `npm run kube -- --data DIR [--clusters global,business] [--gateway] [--version ${MINOR_VERSIONS.join('|')}]

Real Kubernetes API servers on 127.0.0.1, for trying things out. Prints "kubeconfig PATH" once they answer.

  --data DIR       their state; started again on it, they go on
  --clusters NAMES separated by commas, global when left out
  --gateway        reach them below one address, /kubernetes/<cluster>, as behind the platform's gateway
  --version MINOR  of Kubernetes`

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      clusters: { type: 'string', default: 'global' },
      gateway: { type: 'boolean', default: false },
      version: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return console.log(USAGE)
  if (values.data === undefined) throw new Error('--data DIR is missing')
  const { version } = values
  const assets = await findKubeAssets({
    log: console.error,
    ...(version === undefined ? {} : { minor: version }),
  })
  if ('missing' in assets) throw new Error(assets.missing)
  const running = await startKube(assets, {
    clusters: values.clusters.split(','),
    data: resolve(values.data),
    gateway: values.gateway,
  })
  const stop = () => void running.stop().finally(() => process.exit(0))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop)
  for (const { name, apiServer } of running.clusters) console.log(`cluster ${name} pid ${apiServer.pid}`)
  console.log(`kubeconfig ${running.kubeconfig}`)
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
