import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { withoutHost } from '#lib/packages/artifact-list.ts'
import { isRecord } from '#lib/packages/oci-manifest.ts'
import { safeEntryPath } from '#lib/packages/entry-path.ts'
import { DEFAULT_LIMITS } from '#lib/packages/package-limits.ts'
import type { ImageSource, NamedImage } from './image-source.ts'
import { isGzip } from './unpack-archive.ts'

const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json'
const CONFIG_TYPE = 'application/vnd.oci.image.config.v1+json'
const LAYER_TYPE = 'application/vnd.oci.image.layer.v1.tar'

/**
 * Images of what `docker save` wrote, unpacked in a folder. They have no manifests there: they are made, over the layers as they are.
 * @param links paths of the archive that stand for others
 * @throws (from `images`) Error when manifest.json is none or names what is not there
 */
export function dockerArchiveSource(folder: string, links: ReadonlyMap<string, string>): ImageSource {
  const files = new Map<string, string>()
  const made = new Map<string, Buffer>()

  async function describe(
    path: string,
    mediaType: string,
  ): Promise<{ mediaType: string; digest: string; size: number }> {
    const file = join(folder, safeEntryPath(links.get(path) ?? path, DEFAULT_LIMITS))
    const hash = createHash('sha256')
    let size = 0
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      size += chunk.length
    }
    const digest = `sha256:${hash.digest('hex')}`
    files.set(digest, file)
    return {
      mediaType: mediaType === LAYER_TYPE && (await isGzip(file)) ? `${LAYER_TYPE}+gzip` : mediaType,
      digest,
      size,
    }
  }

  async function manifestOf(image: Record<string, unknown>): Promise<NamedImage[]> {
    const { Config: config, Layers: layers, RepoTags: names } = image
    if (typeof config !== 'string' || !isTexts(layers))
      throw new Error('manifest.json of the archive is damaged')
    const described = []
    for (const layer of layers) described.push(await describe(layer, LAYER_TYPE))
    const bytes = Buffer.from(
      JSON.stringify({
        schemaVersion: 2,
        mediaType: MANIFEST_TYPE,
        config: await describe(config, CONFIG_TYPE),
        layers: described,
      }),
    )
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
    made.set(digest, bytes)
    const known = (isTexts(names) ? names : []).flatMap((name) => withoutHost(name) ?? [])
    return known.length === 0 ? [{ name: null, digest }] : known.map((name) => ({ name, digest }))
  }

  return {
    async images() {
      const value: unknown = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))
      const images: NamedImage[] = []
      for (const image of Array.isArray(value) ? (value as unknown[]) : [])
        if (isRecord(image)) images.push(...(await manifestOf(image)))
      return images
    },
    async *readManifest(digest) {
      const bytes = made.get(digest)
      if (bytes === undefined) throw new Error(`The archive does not hold ${digest}`)
      yield bytes
    },
    async *readBlob(digest) {
      const file = files.get(digest)
      if (file === undefined) throw new Error(`The archive does not hold ${digest}`)
      yield* createReadStream(file) as AsyncIterable<Buffer>
    },
  }
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}
