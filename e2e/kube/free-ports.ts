import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'

/**
 * Ports on 127.0.0.1 that nobody listens on, all different.
 * @param wanted those to try; 0 stands for any
 * @throws when a wanted one is taken
 */
export async function freePorts(wanted: readonly number[]): Promise<number[]> {
  const servers = wanted.map(() => createServer())
  try {
    const ports: number[] = []
    for (const [index, server] of servers.entries()) {
      server.listen(wanted[index], '127.0.0.1')
      await once(server, 'listening')
      ports.push((server.address() as AddressInfo).port)
    }
    return ports
  } finally {
    for (const server of servers) server.close()
  }
}
