import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { open, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { openBlobFolder } from '../blob-sink.ts'
import { readPackage } from '../read-package.ts'

/**
 * How long it takes to take in a package that is uploaded to it, and by how much memory grows meanwhile:
 *
 *     node read-large.ts bare|hashed|read FILE FOLDER
 *
 * `bare`: to disk. `hashed`: to disk, with its SHA-256 on the way. `read`: read whole, every blob checked and kept.
 */
const [how = '', file = '', folder = ''] = process.argv.slice(2)
type Upload = AsyncIterable<Buffer>

async function toDisk(upload: Upload, isHashed: boolean): Promise<void> {
  const hash = createHash('sha256')
  const target = await open(join(folder, 'copy'), 'w')
  for await (const chunk of upload) {
    const writing = target.write(chunk)
    if (isHashed) hash.update(chunk)
    await writing
  }
  await target.close()
  if (isHashed) hash.digest('hex')
}

const server = createServer().listen(0, '127.0.0.1')
await once(server, 'listening')
const { port } = server.address() as AddressInfo

globalThis.gc?.()
const before = process.memoryUsage.rss()
let peak = before
const sampling = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss())
}, 5)
const sender = spawn(process.execPath, [join(import.meta.dirname, 'send-file.ts'), String(port), file])
const [upload, response] = (await once(server, 'request')) as [IncomingMessage, ServerResponse]
const started = performance.now()
if (how === 'read') await readPackage(upload, { blobs: await openBlobFolder(folder) })
else await toDisk(upload, how === 'hashed')
response.end()
const milliseconds = performance.now() - started
clearInterval(sampling)
sender.kill()
server.close()
server.closeAllConnections()
await rm(folder, { recursive: true, force: true })
console.log(JSON.stringify({ milliseconds, growthMib: (peak - before) / 1024 / 1024 }))
