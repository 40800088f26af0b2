import { createKubeClient } from '../http-kube-client.ts'
import { sendJson, startFaultServer } from '../testing/fault-server.ts'
import { TEST_CERTIFICATES } from '../testing/test-certificates.ts'

/** Run as `node connections.ts <calls>`: prints as JSON how many TLS connections that many calls in sequence opened. */
const calls = Number(process.argv[2])
const server = await startFaultServer((_, response) => sendJson(response, 200, {}), TEST_CERTIFICATES)
const client = createKubeClient(server.config(), { cluster: 'bench' })
for (let call = 0; call < calls; call += 1) await client.getPath('/version')
console.log(JSON.stringify({ calls: server.requests.length, connections: server.connections }))
await client.close()
await server.close()
