import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { openBlobFolder } from '../blob-sink.ts'
import { readPackage } from '../read-package.ts'
import { pushArtifacts } from '../registry/push-artifacts.ts'
import { parseRegistryAddress } from '../registry/registry-target.ts'

/**
 * How long it takes to push a package that has been read: `node push-large.ts FILE FOLDER ADDRESS CA_FILE`. The blobs
 * stay in FOLDER, for whoever pushes the same by other means.
 */
const [file = '', folder = '', address = '', caFile = ''] = process.argv.slice(2)
const contents = await readPackage(createReadStream(file), { blobs: await openBlobFolder(folder) })
const target = parseRegistryAddress(address, { ca: await readFile(caFile, 'utf8') })
const started = performance.now()
const { sentBytes } = await pushArtifacts({ contents, blobsDir: folder, target })
console.log(JSON.stringify({ milliseconds: performance.now() - started, sentBytes }))
