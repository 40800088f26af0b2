import { createInterface } from 'node:readline'
import { startFaultServer } from './fault-server.ts'
import { TEST_CERTIFICATES } from './test-certificates.ts'
import { createTinyKube } from './tiny-kube.ts'

/**
 * A tiny API server as a process of its own, for tests that stop or kill one: `node kube-process.ts [port] [names…]`.
 * It holds `first` and the objects named, prints its URL, and creates or changes what each line of its input names.
 */
const [, , port = '0', ...names] = process.argv
const kube = createTinyKube('served')
for (const name of ['first', ...names]) kube.put(name)
const options = { handlesStreamedLists: true, port: Number(port) }
const server = await startFaultServer(
  (request, response) => kube.handle(request, response),
  TEST_CERTIFICATES,
  options,
)
console.log(server.url)
createInterface({ input: process.stdin })
  .on('line', (name) => kube.put(name))
  .on('close', () => process.exit())
