import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { GLOBAL_CLUSTER } from '#lib/kinds/cluster.ts'
import { createKubeClient } from '#lib/kube/http-kube-client.ts'
import { loadKubeconfig } from '#lib/kube/load-config.ts'
import { openBlobFolder } from '#lib/packages/blob-sink.ts'
import { withPackageFolder } from '#lib/packages/package-folder.ts'
import { publishPackage } from '#lib/packages/publish-package.ts'
import { readPackage } from '#lib/packages/read-package.ts'
import { findRegistry } from '#lib/packages/registry/find-registry.ts'

/**
 * Publishes packages as console and `violet` do, all at once, in a process that tests may kill:
 *
 *     node publish-once.ts KUBECONFIG CA_FILE WORK_DIR PACKAGE…
 *
 * Prints `ready` once it is loaded, waits for a line, and prints `done` at the end.
 */
const [kubeconfig = '', caFile = '', workDir = '', ...packages] = process.argv.slice(2)
const client = createKubeClient(loadKubeconfig(kubeconfig), { cluster: GLOBAL_CLUSTER })
const ca = await readFile(caFile, 'utf8')
console.log('ready')
await new Promise((go) => process.stdin.once('data', go))
process.stdin.destroy()

async function publish(file: string): Promise<void> {
  await withPackageFolder(workDir, async (dir) => {
    const contents = await readPackage(createReadStream(file), { blobs: await openBlobFolder(dir) })
    const target = await findRegistry(client, { ca })
    if (target === null) throw new Error('the cluster names no registry')
    await publishPackage({
      client,
      contents,
      fileName: basename(file),
      uploadedBy: 'the tests',
      push: { target, blobsDir: dir, chunkBytes: 512 * 1024 },
    })
  })
}

await Promise.all(packages.map(publish))
await client.close()
console.log('done')
