import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { blobOf } from '../testing/oci-blobs.ts'
import { fileHeader, pluginYaml, tarEntries } from '../testing/pack-entries.ts'

const MIB = 1024 * 1024

/** A block of bytes that don't compress; another one for each `seed`. */
function blockOf(seed: number): Buffer {
  const block = Buffer.alloc(MIB)
  let state = (seed * 2_654_435_761 + 1) >>> 0
  for (let at = 0; at < MIB; at += 4) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    block.writeUInt32LE(state >>> 0, at)
  }
  return block
}

/**
 * Writes a package in the OCI layout with one image of several layers, each of `layerMib` MiB, block by block.
 * @returns what skopeo would call the image: `ait/large:v1`
 */
export async function writeLargePackage(file: string, layers: number, layerMib: number): Promise<string> {
  // Layers are compressed already where images come from: the package only wraps them.
  const zip = createGzip({ level: 1 })
  const out = createWriteStream(file)
  zip.pipe(out)
  const write = async (bytes: Uint8Array) => {
    if (!zip.write(bytes)) await once(zip, 'drain')
  }
  const listed: { mediaType: string; digest: string; size: number }[] = []
  for (let layer = 0; layer < layers; layer++) {
    const block = blockOf(layer + 1)
    const hash = createHash('sha256')
    for (let at = 0; at < layerMib; at++) hash.update(block)
    const hex = hash.digest('hex')
    await write(await fileHeader(`res/registry/blobs/sha256/${hex}`, layerMib * MIB))
    for (let at = 0; at < layerMib; at++) await write(block)
    listed.push({
      mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
      digest: `sha256:${hex}`,
      size: layerMib * MIB,
    })
  }
  const config = blobOf({
    os: 'linux',
    architecture: 'amd64',
    config: {},
    rootfs: { type: 'layers', diff_ids: listed.map(({ digest }) => digest) },
  })
  const manifest = blobOf({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: {
      mediaType: 'application/vnd.oci.image.config.v1+json',
      digest: config.digest,
      size: config.bytes.length,
    },
    layers: listed,
  })
  const root = {
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    digest: manifest.digest,
    size: manifest.bytes.length,
    annotations: { 'org.opencontainers.image.ref.name': 'ait/large:v1' },
  }
  await write(
    await tarEntries([
      [`res/registry/blobs/sha256/${config.hex}`, config.bytes],
      [`res/registry/blobs/sha256/${manifest.hex}`, manifest.bytes],
      ['res/registry/oci-layout', '{"imageLayoutVersion":"1.0.0"}'],
      ['res/registry/index.json', JSON.stringify({ schemaVersion: 2, manifests: [root] })],
      ['res/resources.yaml', pluginYaml()],
      ['res/artifacts.txt', 'ait/large:v1\n'],
    ]),
  )
  zip.end()
  await finished(out)
  return 'ait/large:v1'
}

if (import.meta.main) {
  const [file = '', layers = '8', layerMib = '64'] = process.argv.slice(2)
  console.log(JSON.stringify({ image: await writeLargePackage(file, Number(layers), Number(layerMib)) }))
}
