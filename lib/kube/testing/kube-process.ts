import { createInterface } from 'node:readline'
import { startFaultServer } from './fault-server.ts'
import { TEST_CERTIFICATES } from './test-certificates.ts'
import { createTinyKube } from './tiny-kube.ts'

/**
 * A tiny API server as a process of its own, for tests that stop or kill one. Prints its URL; each line of its input
 * names an object that it creates or changes.
 */
const kube = createTinyKube('served')
kube.put('first')
const server = await startFaultServer(
  (request, response) => kube.handle(request, response),
  TEST_CERTIFICATES,
  {
    handlesStreamedLists: true,
  },
)
console.log(server.url)
createInterface({ input: process.stdin })
  .on('line', (name) => kube.put(name))
  .on('close', () => process.exit())
