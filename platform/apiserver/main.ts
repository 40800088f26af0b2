import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'
import { startApiServer } from './server.ts'

const USAGE =
  'node platform/apiserver/main.ts --data DIR [--port N] [--host ADDRESS] [--clusters a,b,c] [--crds DIR] [--history N]'

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    port: { type: 'string', default: '0' },
    host: { type: 'string', default: '127.0.0.1' },
    clusters: { type: 'string', default: 'global,business,edge' },
    crds: { type: 'string', default: fileURLToPath(new URL('../../crds', import.meta.url)) },
    history: { type: 'string' },
  },
})
if (values.data === undefined) {
  console.error(USAGE)
  process.exit(1)
}

const server = await startApiServer({
  dataDir: values.data,
  host: values.host,
  port: Number(values.port),
  clusters: values.clusters.split(','),
  crdDir: values.crds,
  log: (line) => console.error(line),
  ...(values.history === undefined ? {} : { historyLimit: Number(values.history) }),
}).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
})
console.log(`kubeconfig ${server.kubeconfigPath}`)

let isClosing = false
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => {
    if (isClosing) return
    isClosing = true
    server.close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  })
